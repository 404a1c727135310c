// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.CommandLine;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Launch;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedAddressTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            vllm serve m --host 127.0.0.1 --port 8002                  | http://127.0.0.1:8002
            vllm serve m --port=8002                                   | http://127.0.0.1:8002
            vllm serve m --host 0.0.0.0                                | http://127.0.0.1:9
            vllm serve m --host :: --port 8002                         | http://127.0.0.1:8002
            vllm serve m --host ::1 --port 8002                        | http://[::1]:8002
            vllm serve m --host 192.168.1.5 --port 8002                | http://192.168.1.5:8002
            vllm serve m --ssl-certfile c --ssl-keyfile k --port 8002  | https://127.0.0.1:8002
            vllm serve m --uds /run/v.sock                             | http+unix:/run/v.sock
            llama-server -m m --host /run/l.sock                       | http+unix:/run/l.sock
            llama-server -m m --host 127.0.0.1,::1 --port 8081         | http://127.0.0.1:8081
            llama-server -m m --port 0                                 | http://127.0.0.1:9
            llama-server -m m --port 99999                             | http://127.0.0.1:9
            llama-server -m m --port x                                 | http://127.0.0.1:9
            llama-swap -config c -listen 127.0.0.1:28201               | http://127.0.0.1:28201
            llama-swap -config c -listen :8443 -tls-cert-file c        | https://127.0.0.1:8443
            local-ai run --address :8081                               | http://127.0.0.1:8081
            lmdeploy serve api_server m --server-port 23334            | http://127.0.0.1:23334
            text-generation-launcher --model-id m -p 3001              | http://127.0.0.1:3001
            text-embeddings-router --model-id m -p 3002                | http://127.0.0.1:3002
            llama-server -m m -p 8000                                  | http://127.0.0.1:9
            koboldcpp m.gguf 5002                                      | http://127.0.0.1:5002
            koboldcpp m.gguf --threads 5003                            | http://127.0.0.1:9
            litellm --config c                                         | http://127.0.0.1:9
            """)
    void whereAProcessWillListenIsReadFromItsArguments(String line, String url) {
        assertThat(named(line, Map.of()).endpoint(OptionalInt.of(9)).map(Endpoint::url))
                .contains(url);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:12345, 127.0.0.1:12345",
        "http://10.0.0.1:99, 10.0.0.1:99",
        "http://10.0.0.1, 10.0.0.1:80",
        "https://10.0.0.1/path, 10.0.0.1:443",
        "[::1]:11435, [::1]:11435",
        "[::1], [::1]:9",
        "::1, [::1]:9",
        ":11436, 127.0.0.1:11436",
        "10.0.0.1, 10.0.0.1:9",
        "nonsense:x, nonsense:9"
    })
    void ollamaNamesItInItsEnvironment(String value, String id) {
        assertThat(named("ollama serve", Map.of("OLLAMA_HOST", value))
                        .endpoint(OptionalInt.of(9))
                        .map(Endpoint::id))
                .contains(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            llama-server -m m               | LLAMA_ARG_PORT=8085  | http://127.0.0.1:8085
            llama-server -m m --port 8086   | LLAMA_ARG_PORT=8085  | http://127.0.0.1:8086
            llama-server -m m               | LLAMA_ARG_HOST=::1   | http://[::1]:9
            llama-server -m m               | LLAMA_ARG_HOST=/l.sock | http+unix:/l.sock
            python -m llama_cpp.server      | PORT=8087            | http://127.0.0.1:8087
            litellm --config c              | PORT=4001            | http://127.0.0.1:4001
            text-generation-launcher        | PORT=99999           | http://127.0.0.1:9
            local-ai run                    | LOCALAI_ADDRESS=:8088 | http://127.0.0.1:8088
            vllm serve m                    | PORT=8089            | http://127.0.0.1:9
            vllm serve m                    | VLLM_PORT=8089       | http://127.0.0.1:9
            """)
    void whatTheEnvironmentNamesCountsForProgramsThatReadIt(String line, String variable, String url) {
        String[] setting = variable.split("=", 2);
        assertThat(named(line, Map.of(setting[0], setting[1]))
                        .endpoint(OptionalInt.of(9))
                        .map(Endpoint::url))
                .contains(url);
    }

    @Test
    void whatServesNoHttpSaysSo() {
        assertThat(named("vllm serve m --headless", Map.of()).silent()).isTrue();
        assertThat(named("vllm serve m --grpc", Map.of()).silent()).isTrue();
        assertThat(named("vllm serve m", Map.of()).silent()).isFalse();
        assertThat(named("vllm serve m", Map.of()).endpoint(OptionalInt.empty()))
                .isEmpty();
    }

    private static NamedAddress named(String line, Map<String, String> environment) {
        CommandLine command = CommandLine.of(Arrays.asList(line.split(" ")));
        return NamedAddress.of(new Launch(1, command.program(), command.arguments(), environment));
    }
}
