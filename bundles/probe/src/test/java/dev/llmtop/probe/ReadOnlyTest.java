// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Probes.Permit;
import dev.llmtop.agent.Probes.Target;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Probe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule "Read-only": only GET, only declared paths. The server keeps every byte that it was sent. */
class ReadOnlyTest {
    private final HttpProbes probes = Asking.probes();
    private RawServer server;

    @BeforeEach
    void start() throws IOException {
        server = RawServer.saying(RawServer.answer(200, "[]"));
    }

    @AfterEach
    void stop() throws IOException {
        probes.close();
        server.close();
    }

    private void assertNothingLeft() {
        assertThat(server.connections()).isZero();
        assertThat(server.everything()).isEmpty();
        assertThat(probes.requestsSent()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/completions",
                "/v1/models/",
                "/V1/models",
                "/v1/models?",
                "/v1/models?reload=1",
                "//v1/models",
                "/v1/./models",
                "/v1/%6dodels",
                "v1/models",
                "http://127.0.0.1/v1/models",
                "/props?model=a&autoload=false",
                "/health",
                "/",
                ""
            })
    void undeclaredPathNeverLeaves(String path) {
        Probe probe = Asking.open(probes, server.endpoint(), Asking.LONG);
        Answer answer = probe.get(Get.of(path));
        assertThat(answer.reason()).isEqualTo(Reason.NOT_SAFE);
        assertThat(((Answer.Failed) answer).detail()).contains("not among the declared paths");
        assertThat(probe.stream(Get.of(path), body -> 1)
                        .value()
                        .missing()
                        .orElseThrow()
                        .reason())
                .isEqualTo(Reason.NOT_SAFE);
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a b",
                "/a\r\nHost: x",
                "/a\u0000",
                "/a\u007f",
                "/../a",
                "/a/..",
                "/a#b",
                "/a\\b",
                "//a",
                "a",
                "*",
                "/é",
                "/a%0d%0ab",
                "/a%",
                "/a%zz",
                "/a\"b"
            })
    void declaredPathThatIsUnsafeNeverLeaves(String path) {
        Permit permit = new Permit(Set.of(path), Set.of(path), Set.of(), Duration.ZERO, Asking.LONG, false);
        Answer answer = probes.open(Target.of(server.endpoint()), permit).get(Get.of(path));
        assertThat(answer.reason()).isEqualTo(Reason.NOT_SAFE);
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../api/delete", "a..b", "x\r\nDELETE / HTTP/1.1", "\u0000", "a\u007fb"})
    void valueThatCouldBeReadInAnotherWayNeverLeaves(String value) {
        Answer answer = Asking.open(probes, server.endpoint(), Asking.LONG)
                .get(Get.of("/props?model={model}&autoload=false").with("model", value));
        assertThat(answer.reason()).isEqualTo(Reason.NOT_SAFE);
        assertNothingLeft();
    }

    @Test
    void veryLongValueNeverLeaves() {
        Answer answer = Asking.open(probes, server.endpoint(), Asking.LONG)
                .get(Get.of("/props?model={model}&autoload=false").with("model", "x".repeat(5_000)));
        assertThat(answer.reason()).isEqualTo(Reason.NOT_SAFE);
        assertNothingLeft();
    }

    @Test
    void placeholderWithoutValueNeverLeaves() {
        Probe probe = Asking.open(probes, server.endpoint(), Asking.LONG);
        Get request = Get.of("/props?model={model}&autoload=false");
        assertThat(probe.get(request).reason()).isEqualTo(Reason.NOT_SAFE);
        assertThat(probe.get(request.with("other", "x")).reason()).isEqualTo(Reason.NOT_SAFE);
        assertNothingLeft();
    }

    @Test
    void valueFillsOnePlaceAndCannotAddAnother() {
        Asking.open(probes, server.endpoint(), Asking.LONG)
                .get(Get.of("/props?model={model}&autoload=false").with("model", "org/a b&autoload=true?#{model}é"));
        assertThat(server.requests().get(0))
                .startsWith(
                        "GET /props?model=org%2Fa%20b%26autoload%3Dtrue%3F%23%7Bmodel%7D%C3%A9&autoload=false HTTP/1.1\r\n");
    }

    @Test
    void declaredPathThatIsNotOpenIsNotSent() {
        Permit permit = new Permit(Asking.PATHS, Set.of("/version"), Set.of(), Duration.ZERO, Asking.LONG, false);
        Probe probe = probes.open(Target.of(server.endpoint()), permit);
        assertThat(probe.get(Get.of("/v1/models")).reason()).isEqualTo(Reason.NOT_SAFE);
        assertThat(probe.stream(Get.of("/metrics"), body -> 1).status()).isZero();
        assertNothingLeft();
        assertThat(probe.get(Get.of("/version")).status()).isEqualTo(200);
    }

    @Test
    void openPathThatIsNotDeclaredIsNotSent() {
        Permit permit = new Permit(Set.of(), Set.of("/version"), Set.of(), Duration.ZERO, Asking.LONG, false);
        assertThat(probes.open(Target.of(server.endpoint()), permit)
                        .get(Get.of("/version"))
                        .reason())
                .isEqualTo(Reason.NOT_SAFE);
        assertNothingLeft();
    }

    @Test
    void memberIsAskedMemberPathsOnlyAndAStrangerNothing() throws IOException {
        try (RawServer child = RawServer.saying(RawServer.answer(200, "[]"))) {
            Launch launch = new Launch(1, "llama-server", List.of(), Map.of());
            Member member = new Member(child.endpoint(), launch);
            Permit permit = new Permit(Asking.PATHS, Asking.PATHS, Set.of("/slots"), Duration.ZERO, Asking.LONG, false);
            Probe probe = probes.open(new Target(server.endpoint(), List.of(), "", List.of(member)), permit);
            assertThat(probe.members()).containsExactly(member);
            assertThat(probe.of(member).get(Get.of("/slots")).status()).isEqualTo(200);
            assertThat(probe.of(member).get(Get.of("/metrics")).reason()).isEqualTo(Reason.NOT_SAFE);
            assertThat(probe.get(Get.of("/slots")).reason()).isEqualTo(Reason.NOT_SAFE);
            assertThat(probe.of(member).members()).isEmpty();
            assertThat(child.requests()).hasSize(1);

            Endpoint stranger = server.endpoint();
            assertThat(probe.of(new Member(stranger, launch))
                            .get(Get.of("/slots"))
                            .reason())
                    .isEqualTo(Reason.NOT_SAFE);
            assertNothingLeftAt(server);
        }
    }

    private static void assertNothingLeftAt(RawServer server) {
        assertThat(server.everything()).isEmpty();
    }

    @Test
    void everyByteOfManyRequestsIsAGetOfADeclaredPath() {
        Probe probe = Asking.open(probes, server.endpoint(), Asking.LONG);
        for (String path : List.of("/v1/models", "/metrics", "/version", "/v1/completions", "/health")) {
            probe.get(Get.of(path));
            probe.stream(Get.of(path), body -> body.readAllBytes().length);
        }
        assertThat(String.join("", server.requests())).isEqualTo(server.everything());
        Set<String> lines = server.requests().stream()
                .map(request -> request.substring(0, request.indexOf("\r\n")))
                .collect(Collectors.toSet());
        assertThat(lines)
                .containsExactlyInAnyOrder("GET /v1/models HTTP/1.1", "GET /metrics HTTP/1.1", "GET /version HTTP/1.1");
        assertThat(server.requests()).hasSize(6);
    }
}
