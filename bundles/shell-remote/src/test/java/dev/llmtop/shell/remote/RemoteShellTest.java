// SPDX-License-Identifier: MIT
package dev.llmtop.shell.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.llmtop.agent.CommandSessions;
import dev.llmtop.agent.Wire;
import dev.llmtop.agent.Wire.Message;
import dev.llmtop.agent.Wire.Type;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RemoteShellTest {
    private final EchoSessions sessions = new EchoSessions();

    @TempDir
    private Path parent;

    private Path folder;
    private RemoteShell shell;
    private long age;

    @BeforeEach
    void listen() {
        folder = parent.resolve("llmtop");
        shell = shell();
    }

    @AfterEach
    void stop() {
        shell.stop();
    }

    @Test
    void theSocketIsForItsOwnerAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                .isEqualTo("rw-------");
    }

    @Test
    void theInstanceSaysWhoItIs() throws IOException {
        try (SocketChannel channel = connect()) {
            assertThat(read(channel))
                    .isEqualTo(new Message(
                            Type.HELLO, "0.1.0\n" + ProcessHandle.current().pid() + "\n--no-gpu"));
        }
    }

    @Test
    void linesRunOneAfterTheOther() throws IOException {
        try (SocketChannel channel = greeted()) {
            Wire.write(channel, new Message(Type.RUN, "one"));
            Wire.write(channel, new Message(Type.RUN, "fail two"));
            assertThat(List.of(read(channel), read(channel), read(channel), read(channel)))
                    .containsExactly(
                            new Message(Type.TEXT, "ran one"),
                            new Message(Type.DONE, "0"),
                            new Message(Type.COMPLAINT, "ran fail two"),
                            new Message(Type.DONE, "1"));
        }
    }

    @Test
    void aLineThatRunsIsBrokenOff() throws Exception {
        try (SocketChannel channel = greeted()) {
            Wire.write(channel, new Message(Type.RUN, "hang"));
            assertThat(sessions.hanging.await(20, TimeUnit.SECONDS)).isTrue();
            Wire.write(channel, new Message(Type.INTERRUPT, ""));
            assertThat(read(channel)).isEqualTo(new Message(Type.DONE, "1"));
        }
    }

    @Test
    void aTerminalThatGoesTakesItsLineAndItsSessionWithIt() throws Exception {
        try (SocketChannel channel = greeted()) {
            Wire.write(channel, new Message(Type.RUN, "hang"));
            assertThat(sessions.hanging.await(20, TimeUnit.SECONDS)).isTrue();
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> sessions.interrupted.get() >= 1 && sessions.closed.get() == 1);
    }

    @Test
    void aWordIsCompleted() throws IOException {
        try (SocketChannel channel = greeted()) {
            Wire.write(channel, new Message(Type.COMPLETE, "3\neng\nines"));
            assertThat(read(channel)).isEqualTo(new Message(Type.WORDS, "3\neng\nines\nmore"));
        }
    }

    @Test
    void theLastSnapshotIsSent() throws IOException {
        try (SocketChannel channel = greeted()) {
            for (String form : List.of("line", "json", "report 80", "ascii 80")) {
                Wire.write(channel, new Message(Type.SNAPSHOT, form));
                assertThat(read(channel)).isEqualTo(new Message(Type.TEXT, "{}" + !form.equals("line") + "\n"));
                assertThat(read(channel)).isEqualTo(new Message(Type.DONE, "0"));
            }
        }
    }

    @Test
    void aFormThatNobodyKnowsIsNoSnapshot() throws IOException {
        try (SocketChannel channel = greeted()) {
            for (String form : List.of("", "xml", "report", "report wide", "ascii 80 80")) {
                Wire.write(channel, new Message(Type.SNAPSHOT, form));
                assertThat(read(channel).type()).isEqualTo(Type.COMPLAINT);
                assertThat(read(channel)).isEqualTo(new Message(Type.DONE, "1"));
            }
        }
    }

    @Test
    void whereTicksHaveStoppedTheLastSnapshotIsNotTold() throws IOException {
        shell.stop();
        age = 60;
        shell = shell();
        try (SocketChannel channel = greeted()) {
            Wire.write(channel, new Message(Type.SNAPSHOT, "line"));
            assertThat(read(channel).type()).isEqualTo(Type.COMPLAINT);
        }
    }

    @Test
    void nonsenseEndsItsConversationOnly() throws IOException {
        try (SocketChannel good = greeted()) {
            for (Message wrong : List.of(
                    new Message(Type.COMPLETE, "x\neng"),
                    new Message(Type.COMPLETE, "eng"),
                    new Message(Type.HELLO, ""),
                    new Message(Type.RUN, "x".repeat(Wire.LONGEST_REQUEST + 1)))) {
                try (SocketChannel bad = greeted()) {
                    writeAll(bad, wrong);
                    assertThat(isEnded(bad)).isTrue();
                }
            }
            try (SocketChannel http = connect()) {
                http.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes()));
                read(http);
                assertThat(isEnded(http)).isTrue();
            }
            Wire.write(good, new Message(Type.RUN, "one"));
            assertThat(read(good)).isEqualTo(new Message(Type.TEXT, "ran one"));
        }
    }

    @Test
    void onlySoManyComeIn() throws IOException {
        List<SocketChannel> open = new ArrayList<>();
        try {
            for (int number = 0; number < 16; number++) {
                open.add(greeted());
            }
            try (SocketChannel late = connect()) {
                assertThat(isEnded(late)).isTrue();
            }
        } finally {
            for (SocketChannel channel : open) {
                channel.close();
            }
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            try (SocketChannel again = connect()) {
                return !isEnded(again);
            }
        });
    }

    @Test
    void theEndOfTheProgramEndsConversationsAndRemovesTheSocket() throws IOException {
        try (SocketChannel channel = greeted()) {
            shell.stop();
            assertThat(isEnded(channel)).isTrue();
        }
        assertThat(socket()).doesNotExist();
    }

    @Test
    void whatAKilledInstanceLeftIsSweptAway() throws IOException {
        shell.stop();
        Path left = Files.createFile(folder.resolve("999999999.sock"));
        Path other = Files.createFile(folder.resolve("notes"));
        shell = shell();
        assertThat(left).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void aFolderThatIsOpenToOthersIsNotUsedNorALink() throws IOException {
        Path open = Files.createDirectory(parent.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> SocketFolder.open(open)).hasMessageContaining("chmod 700");
        Path link = Files.createSymbolicLink(parent.resolve("link"), folder);
        assertThatThrownBy(() -> SocketFolder.open(link)).hasMessageContaining("is no folder");
        assertThatThrownBy(() -> SocketFolder.open(parent.resolve("not/there"))).isInstanceOf(IOException.class);
    }

    @Test
    void aFolderOfSomebodyElseIsNotUsed() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a folder away");
        Path foreign = Files.createDirectory(
                parent.resolve("foreign"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setOwner(
                foreign, parent.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        assertThatThrownBy(() -> SocketFolder.open(foreign)).hasMessageContaining("belongs to nobody");
    }

    @Test
    void strangersAreRefused() throws IOException {
        var users = parent.getFileSystem().getUserPrincipalLookupService();
        Peers peers = new Peers(users.lookupPrincipalByName("daemon"));
        assertThat(peers.mayCome(users.lookupPrincipalByName("daemon"))).isTrue();
        assertThat(peers.mayCome(users.lookupPrincipalByName("root"))).isTrue();
        assertThat(peers.mayCome(users.lookupPrincipalByName("nobody"))).isFalse();
    }

    private Path socket() {
        return folder.resolve(ProcessHandle.current().pid() + ".sock");
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket()));
    }

    private SocketChannel greeted() throws IOException {
        SocketChannel channel = connect();
        assertThat(read(channel).type()).isEqualTo(Type.HELLO);
        return channel;
    }

    private static Message read(SocketChannel channel) throws IOException {
        return Wire.read(channel, Wire.LONGEST_ANSWER).orElseThrow();
    }

    private static void writeAll(SocketChannel channel, Message message) {
        try {
            Wire.write(channel, message);
        } catch (IOException ended) {
            // The other side may end before it has read all.
        }
    }

    private static boolean isEnded(SocketChannel channel) {
        try {
            return Wire.read(channel, Wire.LONGEST_ANSWER).isEmpty();
        } catch (IOException reset) {
            return true;
        }
    }

    private RemoteShell shell() {
        SnapshotText snapshots = new SnapshotText(
                new OneSnapshot(),
                (snapshot, indented) -> "{}" + indented,
                Clock.fixed(Instant.EPOCH.plusSeconds(age), ZoneOffset.UTC));
        return new RemoteShell(folder, "0.1.0", "--no-gpu", sessions, snapshots);
    }

    /** Sessions that say what they ran. */
    private static final class EchoSessions implements CommandSessions {
        private final CountDownLatch hanging = new CountDownLatch(1);
        private final AtomicInteger interrupted = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public Session open(Output output) {
            CountDownLatch broken = new CountDownLatch(1);
            return new Session() {
                @Override
                public boolean run(String line) {
                    if (line.equals("hang")) {
                        hanging.countDown();
                        try {
                            broken.await();
                        } catch (InterruptedException end) {
                            Thread.currentThread().interrupt();
                        }
                        return false;
                    }
                    if (line.startsWith("fail")) {
                        output.complaint("ran " + line);
                        return false;
                    }
                    output.text("ran " + line);
                    return true;
                }

                @Override
                public void interrupt() {
                    interrupted.incrementAndGet();
                    broken.countDown();
                }

                @Override
                public Completion complete(String line, int cursor) {
                    return new Completion(cursor, List.of(line, "more"));
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        }
    }
}
