// SPDX-License-Identifier: MIT
package dev.llmtop.tui.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmtop.agent.CommandSessions;
import dev.llmtop.tui.state.CommandPane;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CommandLineTest {
    private final AtomicInteger changes = new AtomicInteger();
    private final CommandLine commands = new CommandLine(changes::incrementAndGet);
    private final FakeSessions shell = new FakeSessions("engine", "engines", "evidence");

    @BeforeEach
    void start() {
        commands.arrived(shell);
    }

    @AfterEach
    void everySessionIsClosed() {
        commands.cut();
        await().until(() -> shell.open.get() == 0);
    }

    private CommandPane ended() {
        await().until(() -> !commands.pane().running());
        return commands.pane();
    }

    @Test
    void theResultIsShownCleaned() {
        commands.run("engines");
        assertThat(ended().output()).containsExactly("127.0.0.1:8000", "vllm red RLO", "        a");
        assertThat(commands.pane().command()).isEqualTo("engines");
        assertThat(changes.get()).isPositive();
    }

    @Test
    void aComplaintIsShownAsWell() {
        commands.run("nosuch");
        assertThat(ended().output()).containsExactly("no command nosuch");
    }

    @Test
    void aCommandThatHangsIsCut() throws Exception {
        commands.run("hang");
        assertThat(shell.begun.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(commands.pane().output()).containsExactly("begun");
        assertThat(commands.pane().running()).isTrue();
        assertThat(commands.cut()).isTrue();
        assertThat(commands.pane().running()).isFalse();
        assertThat(shell.interrupted.getCount()).isZero();
        assertThat(shell.ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.open).hasValue(0);
        assertThat(commands.pane().output()).containsExactly("begun", "cut");
        assertThat(commands.cut()).isFalse();
        commands.run("engines");
        assertThat(ended().output()).hasSize(3);
    }

    @Test
    void outputEndsAt10000Lines() {
        commands.run("lines 25000");
        List<String> output = ended().output();
        assertThat(output).hasSize(10_000).endsWith("line 24999");
    }

    @Test
    void withoutAShellItSaysSo() {
        commands.left(shell);
        commands.run("engines");
        assertThat(ended().output()).singleElement().asString().startsWith("no commands are there yet");
        assertThat(commands.complete("ev", 2)).isEqualTo(new Completion("ev", 2, List.of()));
    }

    @Test
    void aShellThatLeavesTakesNoOtherAlong() {
        commands.left(new FakeSessions());
        commands.run("engines");
        assertThat(ended().output()).hasSize(3);
    }

    @Test
    void aShellThatIsStoppedMeanwhileIsALineAndNoFailure() {
        commands.run("broken");
        assertThat(ended().output()).singleElement().asString().contains("stopped meanwhile");
        CommandSessions stopped = output -> {
            throw new IllegalStateException("stopped");
        };
        commands.arrived(stopped);
        commands.run("engines");
        assertThat(ended().output()).singleElement().asString().startsWith("no commands are there yet");
        assertThat(commands.complete("ev", 2).text()).isEqualTo("ev");
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
    void theShellKnowsWhatAWordCouldBecome() {
        assertThat(commands.complete("ev", 2)).isEqualTo(new Completion("evidence ", 9, List.of()));
        assertThat(commands.complete("e", 1).choices()).containsExactly("engine", "engines", "evidence");
    }
}
