// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.spi.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WantedTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8000, http://127.0.0.1:8000",
        "http://localhost:8000/v1?x=y, http://127.0.0.1:8000",
        "HTTPS://box, https://box:443",
        "http://box, http://box:80",
        "box:8000, http://box:8000",
        "http://user:secret@box:1, http://box:1",
        "http://[::1]:9106, http://[::1]:9106",
        "http://0.0.0.0:5, http://127.0.0.1:5",
        "unix:/run/v.sock, http+unix:/run/v.sock",
        "http+unix:/run/v.sock, http+unix:/run/v.sock",
        "unix:///run/v.sock, http+unix:/run/v.sock"
    })
    void addressesAreReadInEveryUsualForm(String text, String url) {
        Wanted wanted = Wanted.of(new int[0], new String[] {text});

        assertThat(wanted.endpoints()).extracting(Endpoint::url).containsExactly(url);
        assertThat(wanted.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "box",
                "ftp://box:1",
                "http://",
                "http://box:x",
                "http://box:70000",
                "http://b x:1",
                "unix:run",
                ":80",
                "http://[::1"
            })
    void whatIsNoAddressIsAProblemAndNothingElse(String text) {
        Wanted wanted = Wanted.of(new int[0], new String[] {text});

        assertThat(wanted.endpoints()).isEmpty();
        assertThat(wanted.problems()).hasSize(1);
    }

    @Test
    void portsAreChecked() {
        Wanted wanted = Wanted.of(new int[] {8000, 0, -1, 65_536, 65_535}, new String[] {" "});

        assertThat(wanted.ports()).containsExactlyInAnyOrder(8000, 65_535);
        assertThat(wanted.problems()).hasSize(3);
    }
}
