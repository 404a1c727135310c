// SPDX-License-Identifier: MIT
package dev.llmtop.tui.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmtop.tui.state.CommandPane;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the real Gogo. */
final class CommandLineTest {
    private final ThreadIOImpl streams = new ThreadIOImpl();
    private final CommandProcessorImpl processor = new CommandProcessorImpl(streams);
    private final AtomicInteger changes = new AtomicInteger();
    private final CommandLine commands = new CommandLine(changes::incrementAndGet);
    private final Commands own = new Commands();

    /** Commands of the test. */
    public static final class Commands {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);

        public List<String> engines() {
            return List.of("127.0.0.1:8000", "vllm \u001b[31mred\u001b[0m \u202eRLO");
        }

        public void fail() {
            throw new IllegalArgumentException("no engine\nof that name");
        }

        public void lines(int count) {
            for (int line = 0; line < count; line++) {
                System.out.println("line " + line);
            }
        }

        public void hang() throws InterruptedException {
            System.out.println("begun");
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }
    }

    @BeforeEach
    void start() {
        streams.start();
        for (String name : new String[] {"engines", "fail", "lines", "hang"}) {
            processor.addCommand("llmtop", own, name);
        }
        commands.arrived(processor);
    }

    @AfterEach
    void stop() {
        commands.cut();
        processor.stop();
        streams.stop();
    }

    private CommandPane ended() {
        await().until(() -> !commands.pane().running());
        return commands.pane();
    }

    @Test
    void theResultIsShownCleaned() {
        commands.run("engines");
        assertThat(ended().output()).containsExactly("127.0.0.1:8000", "vllm red RLO");
        assertThat(commands.pane().command()).isEqualTo("engines");
        assertThat(changes.get()).isPositive();
    }

    @Test
    void aFailureIsOneLine() {
        commands.run("fail");
        assertThat(ended().output()).containsExactly("no engine of that name");
        commands.run("nosuch");
        assertThat(ended().output()).hasSize(1).first().asString().contains("nosuch");
        commands.run("(((");
        assertThat(ended().output()).hasSize(1);
    }

    @Test
    void aCommandThatHangsIsCut() throws Exception {
        commands.run("hang");
        own.begun.await();
        await().until(() -> commands.pane().output().contains("begun"));
        assertThat(commands.pane().running()).isTrue();
        assertThat(commands.cut()).isTrue();
        assertThat(commands.pane().running()).isFalse();
        own.interrupted.await();
        assertThat(commands.pane().output()).containsExactly("begun", "cut");
        assertThat(commands.cut()).isFalse();
        commands.run("engines");
        assertThat(ended().output()).hasSize(2);
    }

    @Test
    void outputEndsAt10000Lines() {
        commands.run("lines 25000");
        List<String> output = ended().output();
        assertThat(output).hasSize(10_000).endsWith("line 24999");
    }

    @Test
    void withoutAProcessorItSaysSo() {
        commands.left(processor);
        commands.run("engines");
        assertThat(ended().output()).singleElement().asString().startsWith("no commands are there yet");
        assertThat(commands.commands()).isEmpty();
    }

    @Test
    void earlierCommandsComeBackWithoutRepeats() {
        for (String command : new String[] {"engines", "fail", "engines"}) {
            commands.run(command);
            ended();
        }
        assertThat(commands.recall(-1)).isEqualTo("engines");
        assertThat(commands.recall(-1)).isEqualTo("fail");
        assertThat(commands.recall(-1)).isEqualTo("fail");
        assertThat(commands.recall(1)).isEqualTo("engines");
        assertThat(commands.recall(1)).isEmpty();
        assertThat(commands.recall(1)).isEmpty();
    }

    @Test
    void commandsAreKnownWithAndWithoutScope() {
        assertThat(commands.commands()).contains("engines", "llmtop:engines", "hang");
    }
}
