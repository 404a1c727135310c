// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.CommandSessions.Completion;
import dev.llmtop.agent.CommandSessions.Output;
import dev.llmtop.agent.CommandSessions.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
    private static final ThreadIOImpl THREADS = new ThreadIOImpl();

    private final Heard heard = new Heard();
    private final Others others = new Others();
    private CommandProcessorImpl processor;
    private Session session;

    /** Commands of other bundles. */
    public static final class Others {
        private final CountDownLatch slowIsRunning = new CountDownLatch(1);
        private final CountDownLatch slowWasBrokenOff = new CountDownLatch(1);

        public void lb() {
            System.out.print("é\u2588");
        }

        public void install(String url) {
            throw new IllegalStateException("cannot read " + url + "\nat all");
        }

        public void start() {
            System.out.println("java.io.FileNotFoundException: /nope.jar (No such file or directory)");
        }

        public void slow() throws InterruptedException {
            slowIsRunning.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                slowWasBrokenOff.countDown();
                throw e;
            }
        }
    }

    private static final class Heard implements Output {
        private final StringBuffer text = new StringBuffer();
        private final StringBuffer complaints = new StringBuffer();

        @Override
        public void text(String more) {
            text.append(more);
        }

        @Override
        public void complaint(String more) {
            complaints.append(more);
        }
    }

    @BeforeAll
    static void takeTheStandardStreams() {
        THREADS.start();
    }

    @AfterAll
    static void giveTheStandardStreamsBack() {
        THREADS.stop();
    }

    @BeforeEach
    void open() {
        FakeAgent agent = new FakeAgent();
        processor = new CommandProcessorImpl(THREADS);
        Commands commands = new Commands(agent, agent);
        processor.addCommand("llmtop", commands, "engines");
        processor.addCommand("llmtop", commands, "engine");
        processor.addCommand("llmtop", commands, "enable");
        processor.addCommand("felix", others, "lb");
        processor.addCommand("felix", others, "install");
        processor.addCommand("felix", others, "slow");
        processor.addCommand("felix", others, "start");
        processor.addConverter(new Results((snapshot, indented) -> "{}"));
        session = new Sessions(processor, new Completer(agent, agent, () -> List.of("0", "7", "12", "1"))).open(heard);
    }

    @AfterEach
    void close() {
        session.close();
        processor.stop();
    }

    @Test
    void whatACommandReturnsAndWhatItPrintsIsText() {
        assertThat(session.run("engines")).isTrue();
        assertThat(heard.text).contains("127.0.0.1:8000  vllm    ready");
        assertThat(session.run("lb")).isTrue();
        assertThat(heard.text.toString()).endsWith("é\u2588");
        assertThat(heard.complaints).isEmpty();
    }

    @Test
    void whatGoesWrongIsAComplaintOfOneLine() {
        assertThat(session.run("install file:/nowhere.jar")).isFalse();
        assertThat(heard.complaints.toString().strip())
                .startsWith("cannot read file:/nowhere.jar")
                .doesNotContain("\n");
        assertThat(session.run("nosuch")).isFalse();
        assertThat(session.run("engines |")).isFalse();
        assertThat(session.run("(((")).isFalse();
        assertThat(session.run("(".repeat(100_000))).isFalse();
        assertThat(session.run("engines")).isTrue();
    }

    @Test
    void aComplaintThatFelixPrintsIsAFailureInWordsForAPerson() {
        assertThat(session.run("start")).isFalse();
        assertThat(heard.complaints).hasToString("/nope.jar (No such file or directory)\n");
        assertThat(session.run("lb")).isTrue();
    }

    @Test
    void aLineThatIsRunningCanBeBrokenOffAndTheNextOneRuns() throws Exception {
        CompletableFuture<Boolean> running = CompletableFuture.supplyAsync(() -> session.run("slow"));
        assertThat(others.slowIsRunning.await(10, TimeUnit.SECONDS)).isTrue();
        session.interrupt();
        assertThat(running.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(session.run("engines")).as("%s", heard.complaints).isTrue();
    }

    @Test
    void aSessionThatIsClosedBreaksOffWhatRuns() throws Exception {
        CompletableFuture<Boolean> running = CompletableFuture.supplyAsync(() -> session.run("slow"));
        assertThat(others.slowIsRunning.await(10, TimeUnit.SECONDS)).isTrue();
        session.close();
        assertThat(others.slowWasBrokenOff.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(running.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(session.run("engines")).as("nothing more is run").isFalse();
    }

    @Test
    void aCommandIsCompleted() {
        assertThat(words("eng")).containsExactly("engine", "engines");
        assertThat(words("llmtop:engi")).containsExactly("llmtop:engine", "llmtop:engines");
        assertThat(session.complete("engines | l", 11).start()).isEqualTo(10);
        assertThat(words("engines | l")).contains("lb", "llmtop:engine");
        assertThat(words("nosuch")).isEmpty();
    }

    @Test
    void enginesAndAdaptersAreCompleted() {
        assertThat(words("engine 127.0.0.1:8")).containsExactly("127.0.0.1:8000");
        assertThat(words("llmtop:engine ")).containsExactly("127.0.0.1:8000", "127.0.0.1:9001");
        assertThat(words("enable ")).containsExactly("vllm");
        assertThat(words("lb ")).isEmpty();
    }

    @Test
    void bundlesAreCompletedByTheirNumbers() {
        assertThat(words("stop ")).containsExactly("0", "1", "12", "7");
        assertThat(words("felix:headers 1")).containsExactly("1", "12");
        assertThat(words("lb | stop 7")).containsExactly("7");
        assertThat(words("start ")).containsExactly("0", "1", "12", "7", "file:");
        assertThat(words("update f")).containsExactly("file:");
        assertThat(words("install 1")).isEmpty();
    }

    @Test
    void bundlesAreCompletedAsUrls(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("mine.jar"));
        Files.createFile(folder.resolve("notes.txt"));
        Files.createDirectory(folder.resolve("more"));
        assertThat(words("felix:install ")).containsExactly("file:");
        assertThat(words("install file:" + folder + "/m"))
                .containsExactly("file:" + folder + "/mine.jar", "file:" + folder + "/more/");
        assertThat(words("install file:/no/such/folder/")).isEmpty();
        assertThat(words("install file:\0")).isEmpty();
    }

    @Test
    void theCursorMayStandAnywhere() {
        Completion completion = session.complete("engi 127", 3);
        assertThat(completion.words()).containsExactly("engine", "engines");
        assertThat(session.complete("eng", 99).words()).containsExactly("engine", "engines");
        assertThat(session.complete("eng", -1).start()).isZero();
    }

    private List<String> words(String line) {
        return session.complete(line, line.length()).words();
    }
}
