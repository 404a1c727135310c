// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmtop.testkit.FakeVllm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The screen of the built program in a real terminal, before a fake vLLM. */
final class ScreenTest {
    @TempDir
    private Path folder;

    private FakeVllm engine;
    private Program program;
    private Tmux terminal;
    private String before;

    @BeforeEach
    void prepare() throws Exception {
        engine = FakeVllm.start("tiny-llama", 1_000);
        program = new Program(folder).with("LANG", "C.UTF-8").with("NO_GPU", "");
    }

    @AfterEach
    void end() throws Exception {
        if (terminal != null) {
            terminal.close();
        }
        engine.close();
    }

    private void open(int columns, int rows) throws Exception {
        terminal = Tmux.start(folder, program.environment(), columns, rows);
        before = terminal.answer("stty -a");
        terminal.line("clear; " + Program.HOME.resolve("bin/llmtop") + " --no-gpu --port " + engine.port()
                + "; echo code $?");
        terminal.untilSeen("vLLM");
    }

    private void assertAsBefore() throws Exception {
        assertThat(terminal.answer("stty -a")).isEqualTo(before);
        assertThat(terminal.lines()).noneMatch(line -> line.contains("q quit"));
        assertThat(terminal.line("echo s''een").untilSeen("seen")).isNotEmpty();
    }

    @Test
    void showsTheEngineAndLeavesTheTerminalAsItWas() throws Exception {
        open(80, 24);
        List<String> lines = terminal.untilSeen("tiny-llama");
        // Other engines may run on the machine.
        assertThat(lines.get(0))
                .startsWith("llmtop ")
                .containsPattern("engines?: ")
                .contains(" ready", "LIVE");
        assertThat(lines.get(23)).contains("Enter details").contains("q quit");
        terminal.keys("q");
        terminal.untilSeen("code 0");
        assertAsBefore();
    }

    @ParameterizedTest
    @CsvSource({"TERM,143", "INT,130", "HUP,129"})
    void everySignalGivesTheTerminalBack(String signal, int code) throws Exception {
        open(80, 24);
        kill(signal);
        terminal.untilSeen("code " + code);
        assertAsBefore();
    }

    private void kill(String signal) throws Exception {
        new ProcessBuilder(
                        "kill", "-" + signal, Long.toString(terminal.program().pid()))
                .start()
                .waitFor();
    }

    @Test
    void ctrlCQuitsAndSaysSo() throws Exception {
        open(80, 24);
        terminal.keys("C-c");
        terminal.untilSeen("code 130");
        assertAsBefore();
    }

    @Test
    void stoppedByCtrlZItGivesTheTerminalBackAndTakesItAgain() throws Exception {
        open(80, 24);
        terminal.keys("C-z");
        terminal.untilSeen("Stopped");
        assertAsBefore();
        terminal.line("fg");
        terminal.until(
                lines -> lines.get(0).startsWith("llmtop ") && lines.get(23).contains("q quit"));
        terminal.keys("?");
        terminal.untilSeen("Esc closes");
        terminal.keys("Escape", "q");
        terminal.untilPrompt();
        assertAsBefore();
    }

    @Test
    void stoppedByAnotherItDrawsAllAgain() throws Exception {
        open(80, 24);
        kill("STOP");
        terminal.untilSeen("Stopped");
        terminal.line("fg");
        terminal.until(
                lines -> lines.get(0).startsWith("llmtop ") && lines.get(23).contains("q quit"));
        terminal.keys("q");
        terminal.untilPrompt();
        assertThat(terminal.answer("stty -a")).contains(" icanon").contains(" echo ");
    }

    @Test
    void aClosedTerminalEndsTheProgram() throws Exception {
        open(80, 24);
        ProcessHandle running = terminal.program();
        terminal.close();
        await().atMost(Duration.ofSeconds(30)).until(() -> !running.isAlive());
    }

    @Test
    void everySizeIsDrawnAndLeavesNoRemains() throws Exception {
        open(80, 24);
        terminal.untilSeen("tiny-llama");
        terminal.keys("p");
        terminal.until(lines -> lines.get(0).contains("PAUSED"));
        for (int[] size : new int[][] {{40, 10}, {60, 18}, {200, 50}, {20, 5}, {120, 40}, {80, 24}}) {
            terminal.resize(size[0], size[1]);
            List<String> drawn = atRest(size);
            terminal.keys("C-l");
            assertThat(atRest(size)).isEqualTo(drawn);
        }
    }

    /** The screen once it is drawn whole and stays as it is. */
    private List<String> atRest(int[] size) {
        List<List<String>> before = new ArrayList<>();
        List<String> last = terminal.until(lines -> {
            boolean whole = lines.get(0).startsWith("llmtop")
                    && (size[1] < 10 || lines.get(size[1] - 1).contains("quit"));
            before.add(ageless(lines));
            int looks = before.size();
            return whole
                    && looks > 5
                    && before.subList(looks - 5, looks).stream().distinct().count() == 1;
        });
        return ageless(last);
    }

    /** How far back a paused screen shows changes while it is looked at. */
    private static List<String> ageless(List<String> lines) {
        return lines.stream().map(line -> line.replaceAll("\\s+PAUSED.*", "")).toList();
    }

    @Test
    void theKeysOpenWhatTheyName() throws Exception {
        open(80, 24);
        terminal.keys("y");
        terminal.untilSeen("why");
        terminal.keys("Escape");
        terminal.keys("/");
        terminal.line("zebra");
        terminal.until(lines -> lines.get(0).contains("filter zebra"));
        terminal.keys("Escape");
        terminal.until(lines -> lines.get(0).contains(" ready") && !lines.get(0).contains("filter"));
        terminal.keys("Enter");
        terminal.until(lines -> lines.get(1).contains("OVERVIEW"));
        terminal.keys("5");
        terminal.until(lines -> lines.get(1).contains("RAW"));
        terminal.keys("Escape", "x");
        terminal.untilSeen("x does nothing here");
    }

    @Test
    void aCommandRunsInThePane() throws Exception {
        open(80, 24);
        terminal.keys(":");
        terminal.line("engines");
        terminal.untilSeen("KIND");
        terminal.line("nosuchcommand");
        terminal.untilSeen("nosuchcommand");
        terminal.keys("Escape", "q");
        terminal.untilSeen("code 0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pastedNoiseIsSurvived(boolean marked) throws Exception {
        open(80, 24);
        StringBuilder noise = new StringBuilder();
        Random random = new Random(7);
        while (noise.length() < 10_000) {
            noise.append((char) (random.nextInt(95) + 32)).append(random.nextInt(40) == 0 ? "\n:stop 0\nq" : "");
        }
        terminal.paste(noise.toString(), marked);
        terminal.untilSeen("pasted characters ignored");
        terminal.keys("?");
        terminal.untilSeen("Esc closes");
        Set<String> declared = new HashSet<>(Distribution.declaredPaths("dev.llmtop.adapter.vllm"));
        declared.addAll(Distribution.FIRST_CONTACT);
        engine.server().assertOnly(declared);
    }

    @Test
    void screenAndSnapshotAreWrittenForTheOwnerAlone() throws Exception {
        open(80, 24);
        terminal.untilSeen("tiny-llama");
        terminal.keys("w");
        terminal.untilSeen("wrote llmtop-");
        List<Path> written;
        try (Stream<Path> files = Files.list(folder)) {
            written = files.filter(file -> file.getFileName().toString().startsWith("llmtop-2"))
                    .sorted()
                    .toList();
        }
        assertThat(written).hasSize(2);
        assertThat(Files.readString(written.get(0))).containsPattern("\"schema\" ?: \"llmtop.snapshot/1\"");
        assertThat(Files.readString(written.get(1))).contains("tiny-llama");
        for (Path file : written) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void whatTheKeysChoseIsThereAtTheNextStartAndABadLineIsNamed() throws Exception {
        open(80, 24);
        terminal.keys("o");
        terminal.untilSeen("sorted by DECODE");
        terminal.keys("q");
        terminal.untilSeen("code 0");
        Path settings = program.home().resolve(".config/llmtop/tui.properties");
        assertThat(settings).content().contains("sort=decode");
        Files.writeString(settings, Files.readString(settings) + "sort=zebra\n");
        terminal.line("clear; " + Program.HOME.resolve("bin/llmtop") + " --no-gpu --port " + engine.port());
        List<String> lines = terminal.untilSeen("tui.properties: line 3 'sort=zebra' is no setting");
        assertThat(lines).anyMatch(line -> line.contains("DECODE▾"));
    }

    @Test
    void withoutColoursAndUtf8ThereAreNeither() throws Exception {
        program.with("NO_COLOR", "1").with("LANG", "C");
        open(80, 24);
        List<String> lines = terminal.untilSeen("tiny-llama");
        assertThat(String.join("", lines)).matches("\\p{ASCII}*");
        assertThat(terminal.painted())
                .doesNotContain("[38;")
                .doesNotContain("[33m")
                .doesNotContain("[91m");
    }
}
