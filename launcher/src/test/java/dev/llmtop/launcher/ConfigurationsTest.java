// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationsTest {
    private static final Screen SCREEN = new Screen(true, false, true, 132, 40);

    @TempDir
    private Path folder;

    private Path shipped;
    private Path user;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeFolders() throws IOException {
        shipped = Files.createDirectory(folder.resolve("config"));
        user = Files.createDirectories(folder.resolve("xdg/llmtop"));
        environment.put("XDG_CONFIG_HOME", folder.resolve("xdg").toString());
    }

    @Test
    void optionsWinOverEnvironmentOverUserOverShipped() throws Exception {
        write(shipped, "dev.llmtop.monitor", "interval.ms=1000\nsamples=1\ngpu=true\nshipped=yes");
        write(user, "dev.llmtop.monitor", "interval.ms=2000\nsamples=2\ngpu=false");
        environment.put("LLMTOP_INTERVAL", "3");
        environment.put("LLMTOP_SAMPLES", "3");
        assertThat(merge("--interval", "4").byPid().get("dev.llmtop.monitor"))
                .containsOnly(
                        Map.entry("interval.ms", 4000L),
                        Map.entry("samples", 3),
                        Map.entry("gpu", false),
                        Map.entry("complete", true),
                        Map.entry("shipped", "yes"));
    }

    @Test
    void configReplacesTheUsersFolderAndTheOptionItsVariable() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        write(user, "dev.llmtop.monitor", "samples=2\ngpu=false");
        write(other, "dev.llmtop.monitor", "samples=3");
        environment.put("LLMTOP_CONFIG", folder.resolve("missing").toString());
        assertThat(merge("--config", other.toString()).byPid().get("dev.llmtop.monitor"))
                .containsOnly(Map.entry("samples", 3), Map.entry("complete", true));
        assertThatThrownBy(this::merge)
                .hasMessageStartingWith("LLMTOP_CONFIG takes a directory that exists, not '" + folder);
    }

    @Test
    void onlyAStreamGoesOnWithoutASlowEngine() throws Exception {
        assertThat(merge("--json").byPid().get("dev.llmtop.monitor")).containsEntry("complete", true);
        assertThat(merge("--json", "--watch").byPid().get("dev.llmtop.monitor")).containsEntry("complete", false);
    }

    @Test
    void listsReplaceEachOther() throws Exception {
        write(user, "dev.llmtop.discovery", "ports=1, 2\nendpoints=http://a:1");
        assertThat((int[])
                        merge("--port", "3").byPid().get("dev.llmtop.discovery").get("ports"))
                .containsExactly(3);
        assertThat((int[]) merge().byPid().get("dev.llmtop.discovery").get("ports"))
                .containsExactly(1, 2);
        assertThat((String[]) merge().byPid().get("dev.llmtop.discovery").get("endpoints"))
                .containsExactly("http://a:1");
    }

    @Test
    void noGpuInTheEnvironmentTurnsItOffAndCanBeTakenBack() throws Exception {
        environment.put("LLMTOP_NO_GPU", "1");
        assertThat(merge().byPid().get("dev.llmtop.monitor")).containsEntry("gpu", false);
        environment.put("LLMTOP_NO_GPU", "false");
        assertThat(merge().byPid().get("dev.llmtop.monitor")).containsEntry("gpu", true);
    }

    @Test
    void onlyTheChosenModeIsConfigured() throws Exception {
        write(user, "dev.llmtop.shell.console", "prompt=x");
        assertThat(merge("--json").byPid())
                .doesNotContainKey("dev.llmtop.shell.console")
                .containsEntry("dev.llmtop.report", Map.of("mode", "json", "columns", 132, "terminal", true));
        assertThat(merge("--shell").byPid())
                .doesNotContainKey("dev.llmtop.report")
                .containsEntry("dev.llmtop.shell.console", Map.of("prompt", "x"));
    }

    @Test
    void explainingStartsNoReportAndNoTick() throws Exception {
        assertThat(merge("--explain", "--no-gpu").byPid())
                .doesNotContainKey("dev.llmtop.report")
                .containsEntry(
                        "dev.llmtop.report.explain",
                        Map.of("mode", "explain", "columns", 132, "terminal", true, "gpu", false));
        assertThat(Mode.EXPLAIN.starts("dev.llmtop.monitor")).isFalse();
        assertThat(Mode.EXPLAIN.starts("dev.llmtop.discovery")).isTrue();
        assertThat(Mode.ONCE.starts("dev.llmtop.monitor")).isTrue();
    }

    @Test
    void whoeverWouldOpenADriverIsToldNotTo() throws Exception {
        assertThat(merge("--json", "--no-gpu").byPid().get("dev.llmtop.gpu.nvml"))
                .containsEntry("gpu", false);
        assertThat(merge("--json").byPid().get("dev.llmtop.gpu.nvml")).containsEntry("gpu", true);
    }

    @Test
    void reportIsToldTheSamples() throws Exception {
        assertThat(merge("--once", "--samples", "5").byPid().get("dev.llmtop.report"))
                .containsEntry("samples", 5)
                .containsEntry("mode", "once");
    }

    @Test
    void aKeyInTheEnvironmentNeverEntersAConfiguration() throws Exception {
        environment.put("LLMTOP_API_KEY", "topsecret");
        assertThat(merge().byPid().toString()).doesNotContain("topsecret");
    }

    @Test
    void theFileOfKeysNeverEntersAConfiguration() throws Exception {
        write(user, "keys", "http://127.0.0.1:8000=topsecret");
        assertThat(merge().byPid()).doesNotContainKey("keys");
        assertThat(merge().byPid().toString()).doesNotContain("topsecret");
    }

    @Test
    void aWrongValueNamesItsFile() throws Exception {
        Path file = write(user, "dev.llmtop.monitor", "interval.ms=1s");
        assertThatThrownBy(this::merge)
                .hasMessage(file + ": interval.ms takes milliseconds from 200 to 3600000, such as 1500, not '1s'");
    }

    @Test
    void aFileThatIsNoPropertiesFileIsOneLine() throws Exception {
        Path file = write(user, "dev.llmtop.monitor", "a=\\u00zz");
        assertThatThrownBy(this::merge).hasMessageStartingWith(file + " cannot be read: ");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(this::merge).hasMessage(file + " cannot be read: it is not UTF-8 text");
    }

    @Test
    void aWrongVariableIsNamed() {
        environment.put("LLMTOP_DEBUG", "maybe");
        assertThatThrownBy(this::merge).hasMessage("LLMTOP_DEBUG takes true or false, not 'maybe'");
    }

    @Test
    void slipsAreWarnedOfAndWhatNoOneKnowsIsPassedThrough() throws Exception {
        write(user, "dev.llmtop.montior", "samples=2");
        write(user, "dev.llmtop.monitor", "intervall.ms=2\nhistory.minutes=5");
        write(user, "com.example.adapter", "url=x");
        Configurations merged = merge();
        assertThat(merged.warnings())
                .containsExactlyInAnyOrder(
                        user.resolve("dev.llmtop.montior.properties")
                                + " names no component; did you mean dev.llmtop.monitor?",
                        user.resolve("dev.llmtop.monitor.properties")
                                + ": intervall.ms is not known; did you mean interval.ms?");
        assertThat(merged.byPid().get("com.example.adapter")).containsEntry("url", "x");
        assertThat(merged.byPid().get("dev.llmtop.monitor")).containsEntry("history.minutes", "5");
    }

    @Test
    void shippedFilesAreValidAndKnowTheirKeys() throws Exception {
        Configurations merged =
                Configurations.merge(arguments(), Map.of(), Path.of("../config"), Directories.of(Map.of()), SCREEN);
        assertThat(merged.warnings()).isEmpty();
        assertThat(merged.byPid().get("dev.llmtop.monitor"))
                .containsOnly(
                        Map.entry("interval.ms", 1000L),
                        Map.entry("samples", 2),
                        Map.entry("window.seconds", 60),
                        Map.entry("gpu", true),
                        Map.entry("complete", true));
    }

    private Configurations merge(String... words) throws UsageException {
        return Configurations.merge(arguments(words), environment, shipped, Directories.of(environment), SCREEN);
    }

    private static Arguments arguments(String... words) throws UsageException {
        return ArgumentParser.parse(words).arguments(false);
    }

    private static Path write(Path folder, String pid, String text) throws IOException {
        return Files.writeString(folder.resolve(pid + ".properties"), text);
    }
}
