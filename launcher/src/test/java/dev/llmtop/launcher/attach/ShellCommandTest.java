// SPDX-License-Identifier: MIT
package dev.llmtop.launcher.attach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Wire;
import dev.llmtop.agent.Wire.Message;
import dev.llmtop.agent.Wire.Type;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ShellCommandTest {
    private static final long PID = ProcessHandle.current().pid();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final List<ServerSocketChannel> servers = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws IOException {
        for (ServerSocketChannel server : servers) {
            server.close();
        }
    }

    @Test
    void aLineRunsInTheOneInstanceThereIs() throws IOException {
        instance(PID, "0.1.0\n" + PID + "\n");
        assertThat(run("", OptionalLong.empty(), Optional.of("engines"))).isZero();
        assertThat(out).hasToString("ran engines\n");
        assertThat(run("", OptionalLong.of(PID), Optional.of("fail"))).isEqualTo(1);
        assertThat(errors).hasToString("no fail\n");
    }

    @Test
    void linesOfTheStandardInputRunToTheirEndAndOneThatFailsShowsInTheExitCode() throws IOException {
        instance(PID, "0.1.0\n" + PID + "\n");
        assertThat(run("one\n\ntwo\nexit\nthree\n", OptionalLong.empty(), Optional.empty()))
                .isZero();
        assertThat(out).hasToString("ran one\nran two\n");
        assertThat(run("fail\nfour\n", OptionalLong.empty(), Optional.empty())).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("ran four\n");
    }

    @Test
    void whereNobodyRunsOneLineSaysWhatToDo() throws IOException {
        assertThat(run("", OptionalLong.empty(), Optional.of("engines"))).isEqualTo(1);
        assertThat(errors).hasToString("llmtop: no instance of yours is running; start llmtop in another terminal\n");
        errors.reset();
        assertThat(run("", OptionalLong.of(4), Optional.of("engines"))).isEqualTo(1);
        assertThat(errors).hasToString("llmtop: no instance of yours has pid 4\n");
    }

    @Test
    void ofSeveralOneIsChosenByItsPid() throws IOException {
        instance(PID, "0.1.0\n" + PID + "\n");
        long other = ProcessHandle.current().parent().orElseThrow().pid();
        instance(other, "0.1.0\n" + other + "\n");
        assertThat(run("", OptionalLong.empty(), Optional.of("engines"))).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .startsWith("llmtop: several instances are running; choose one with --pid:\n")
                .contains("  " + PID + "  running for ", "  " + other + "  running for ");
        assertThat(run("", OptionalLong.of(other), Optional.of("engines"))).isZero();
    }

    @Test
    void aSocketOfADeadProcessAndOtherFilesAreNoInstances() throws IOException {
        Files.createFile(folder.resolve("999999999.sock"));
        Files.createFile(folder.resolve("notes.sock"));
        Files.createFile(folder.resolve("12345678901234567890.sock"));
        assertThat(Instances.in(folder)).isEmpty();
        assertThat(Instances.in(folder.resolve("missing"))).isEmpty();
    }

    @Test
    void whoDoesNotSpeakAsLlmtopIsNamed() throws IOException {
        instance(PID, "no number");
        assertThat(run("", OptionalLong.empty(), Optional.of("engines"))).isEqualTo(1);
        assertThat(errors).hasToString("llmtop: the instance " + PID + " does not answer: not a message of llmtop\n");
    }

    @Test
    void anInstanceThatEndsMeanwhileIsNamed() throws IOException {
        instance(PID, "0.1.0\n" + PID + "\n");
        assertThat(run("", OptionalLong.empty(), Optional.of("die"))).isEqualTo(1);
        assertThat(errors).hasToString("llmtop: the instance " + PID + " does not answer: llmtop has ended\n");
    }

    @Test
    void aWordIsCompletedAndASnapshotComes() throws IOException {
        Path socket = instance(PID, "0.1.0\n" + PID + "\n--no-gpu");
        try (Attachment attachment = Attachment.to(socket, Duration.ofSeconds(10))) {
            assertThat(attachment.hello()).isEqualTo(new Attachment.Hello("0.1.0", PID, "--no-gpu"));
            assertThat(attachment.complete("eng", 3)).isEqualTo(new Attachment.Words(0, List.of("engine", "engines")));
            assertThat(attachment.snapshot("line", Duration.ofSeconds(10))).contains("{}");
        }
    }

    @Test
    void aSnapshotComesOnlyFromAnInstanceThatSeesTheSame() throws IOException {
        instance(PID, "0.1.0\n" + PID + "\nabc");
        assertThat(RunningInstance.snapshot(folder, "0.1.0", "abc", "json")).contains("{}");
        assertThat(RunningInstance.snapshot(folder, "0.1.0", "other", "json")).isEmpty();
        assertThat(RunningInstance.snapshot(folder, "0.2.0", "abc", "json")).isEmpty();
        assertThat(RunningInstance.snapshot(folder.resolve("missing"), "0.1.0", "abc", "json"))
                .isEmpty();
    }

    @Test
    void anInstanceThatAcceptsAndSaysNothingCostsNoMoreThanThePatience() throws IOException {
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(folder.resolve(PID + ".sock")));
            assertThat(RunningInstance.snapshot(folder, "0.1.0", "", "json")).isEmpty();
            assertThat(run("", OptionalLong.empty(), Optional.of("engines"))).isEqualTo(1);
            assertThat(errors).hasToString("llmtop: the instance " + PID + " does not answer; is it stopped?\n");
        }
    }

    private int run(String input, OptionalLong pid, Optional<String> line) throws IOException {
        ShellCommand.Streams streams = new ShellCommand.Streams(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                false);
        return new ShellCommand(folder, streams, Optional.empty()).run(pid, line);
    }

    /** Speaks as an instance does. */
    private Path instance(long pid, String hello) throws IOException {
        Path socket = folder.resolve(pid + ".sock");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        servers.add(server);
        Thread thread = new Thread(() -> serve(server, hello));
        thread.setDaemon(true);
        thread.start();
        return socket;
    }

    private static void serve(ServerSocketChannel server, String hello) {
        while (server.isOpen()) {
            try (SocketChannel channel = server.accept()) {
                Wire.write(channel, new Message(Type.HELLO, hello));
                answer(channel);
            } catch (IOException end) {
                // Somebody only looked whether we listen, or the test is over.
            }
        }
    }

    private static void answer(SocketChannel channel) throws IOException {
        Optional<Message> next = Wire.read(channel, Wire.LONGEST_REQUEST);
        while (next.isPresent() && !next.get().text().equals("die")) {
            String text = next.get().text();
            boolean fails = text.equals("fail");
            switch (next.get().type()) {
                case RUN -> {
                    Type type = fails ? Type.COMPLAINT : Type.TEXT;
                    Wire.write(channel, new Message(type, (fails ? "no " : "ran ") + text + "\n"));
                    Wire.write(channel, new Message(Type.DONE, fails ? "1" : "0"));
                }
                case COMPLETE -> Wire.write(channel, new Message(Type.WORDS, "0\nengine\nengines"));
                case SNAPSHOT -> {
                    Wire.write(channel, new Message(Type.TEXT, "{}"));
                    Wire.write(channel, new Message(Type.DONE, "0"));
                }
                default -> throw new IOException("not expected");
            }
            next = Wire.read(channel, Wire.LONGEST_REQUEST);
        }
    }
}
