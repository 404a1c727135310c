// SPDX-License-Identifier: MIT
package dev.llmtop.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

class JournalTest {
    @TempDir
    Path directory;

    private final List<String> errors = new ArrayList<>();
    private Path log;
    private Journal journal;

    @BeforeEach
    void open() {
        log = directory.resolve("x.log");
        journal = new Journal(Optional.of(new RotatedFile(log, 1 << 20, 3)), errors::add, false);
    }

    @Test
    void ourInfoAndTheWarningsOfOthersAreWritten() throws IOException {
        Logger ours = logger("dev.llmtop.probe.Client");
        Logger others = logger("oshi.util.Any");
        ours.debug("no");
        ours.info("ours {} of {}", 1, 2);
        others.info("no");
        others.warn("theirs");
        logger("dev.llmtopology").info("no");
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0))
                .matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z INFO  \\[.+] dev.llmtop.probe.Client: ours 1 of 2");
        assertThat(lines().get(1)).contains(" WARN  ").endsWith("oshi.util.Any: theirs");
        assertThat(errors).isEmpty();
    }

    @Test
    void debugWritesDetailsAndToTheErrorsAsWell() throws IOException {
        Logging logging = new Logging(true, journal, false);
        logger("dev.llmtop.probe").debug("detail");
        logger("oshi").debug("no");
        logger("oshi").info("theirs");
        assertThat(lines()).hasSize(2).isEqualTo(errors);
        logging.stop();
        logger("dev.llmtop.probe").debug("no");
        assertThat(errors).hasSize(2);
    }

    @Test
    void debugThatStoodBeforeTheConfigurationStands() {
        new Logging(false, journal, true).stop();
        assertThat(logger("dev.llmtop").isDebugEnabled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--api-key topsecret12345",
                "GET http://user:topsecret12345@127.0.0.1:8000/metrics",
                "Authorization: Bearer topsecret12345",
                "the key sk-topsecret12345 was refused",
                "HF_TOKEN=hf_topsecret12345",
                "{\"api_key\": \"topsecret12345\"}",
                "tokenizer path=/x token=topsecret12345",
                "max tokens are 5, token=topsecret12345"
            })
    void secretsAreTakenOut(String message) throws IOException {
        new Logging(true, journal, false);
        logger("dev.llmtop").info(message);
        logger("dev.llmtop").info("{}", message);
        logger("dev.llmtop").warn("failed", new IOException(message, new IllegalStateException(message)));
        assertThat(lines()).hasSize(3).noneMatch(line -> line.contains("topsecret12345"));
        assertThat(errors).hasSize(3).noneMatch(line -> line.contains("topsecret12345"));
    }

    @Test
    void aMessageIsOneShortLineWhateverItHolds() throws IOException {
        logger("dev.llmtop").info("a\nb\u001b[2J\u202ec" + "x".repeat(1_000_000));
        assertThat(lines()).hasSize(1).allMatch(line -> line.length() < 1_200 && line.contains(": a b[2Jcxxx"));
    }

    @Test
    void anExceptionIsNamedWithItsCauseAndPlaceButWithoutAStack() throws IOException {
        logger("dev.llmtop").error("failed", new IOException("outer", new IllegalStateException("inner")));
        assertThat(lines()).hasSize(1);
        assertThat(lines().get(0))
                .contains(
                        "failed: java.io.IOException: outer at dev.llmtop.logging.JournalTest.",
                        " <- java.lang.IllegalStateException: inner at ");
    }

    @Test
    void oddCallsAreHarmless() throws IOException {
        Logger logger = logger("dev.llmtop");
        logger.info(null);
        logger.info("{} {}", new Object[] {null});
        logger.info("{}", (Object) null);
        logger.warn(MarkerFactory.getMarker("any"), "marked");
        logger.error("cyclic", new Cyclic());
        assertThat(lines()).hasSize(5);
    }

    @Test
    void withoutAPlaceLinesGoNowhere() {
        Journal nowhere = new Journal(Optional.empty(), errors::add, false);
        new JournalLogger("dev.llmtop", nowhere).info("lost");
        assertThat(errors).isEmpty();
    }

    @Test
    void slf4jBindsToThisJournal() {
        assertThat(LoggerFactory.getILoggerFactory()).isInstanceOf(JournalLoggers.class);
        assertThat(LoggerFactory.getLogger("dev.llmtop.x")).isSameAs(LoggerFactory.getLogger("dev.llmtop.x"));
        MDC.put("ignored", "ignored");
        assertThat(MDC.get("ignored")).isNull();
    }

    @Test
    void thePlaceIsTheUsersStateDirectory() {
        assertThat(place(Map.of("XDG_STATE_HOME", "/s", "HOME", "/h"))).contains(Path.of("/s/llmtop/llmtop.log"));
        assertThat(place(Map.of("HOME", "/h"))).contains(Path.of("/h/.local/state/llmtop/llmtop.log"));
        assertThat(place(Map.of("XDG_STATE_HOME", "relative", "HOME", "/h")))
                .contains(Path.of("/h/.local/state/llmtop/llmtop.log"));
        assertThat(place(Map.of("XDG_STATE_HOME", "", "HOME", ""))).isEmpty();
        assertThat(place(Map.of("HOME", "/h\u0000"))).isEmpty();
    }

    @Test
    void timesAreOfUtcWithMilliseconds() {
        assertThat(LogLine.of(Instant.parse("2026-11-24T12:30:05.123456Z"), Level.WARN, "a", "b", null))
                .startsWith("2026-11-24T12:30:05.123Z WARN  [");
    }

    private static final class Cyclic extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public synchronized Throwable getCause() {
            return new Cyclic();
        }
    }

    private static Optional<Path> place(Map<String, String> environment) {
        return LogPlace.of(environment::get);
    }

    private Logger logger(String name) {
        return new JournalLogger(name, journal);
    }

    private List<String> lines() throws IOException {
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }
}
