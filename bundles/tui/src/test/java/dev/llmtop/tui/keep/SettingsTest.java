// SPDX-License-Identifier: MIT
package dev.llmtop.tui.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmtop.tui.state.Column;
import dev.llmtop.tui.state.CommandPane;
import dev.llmtop.tui.state.Filter;
import dev.llmtop.tui.state.Look;
import dev.llmtop.tui.state.Overlay;
import dev.llmtop.tui.state.Part;
import dev.llmtop.tui.state.TableView;
import dev.llmtop.tui.state.TimeView;
import dev.llmtop.tui.state.ViewState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
    private static final ViewState BEGINNING = new ViewState(
            Optional.empty(),
            TableView.START,
            Overlay.NONE,
            Filter.ALL,
            new TimeView(false, Duration.ZERO, Duration.ofMinutes(2), Duration.ofSeconds(1)),
            new Look(Look.Theme.DARK, false, Set.of()),
            Optional.empty(),
            CommandPane.EMPTY,
            "");

    @TempDir
    private Path folder;

    @Test
    void whatIsKeptComesBackAndNothingElseIsKept() {
        ViewState view = BEGINNING
                .withLook(new Look(Look.Theme.HIGH_CONTRAST, true, Set.of(Part.GPU, Part.EVENTS)))
                .withTable(table ->
                        table.withSort(Optional.of(Column.TTFT_P99), true).withFocus(Column.KV))
                .withTime(new TimeView(true, Duration.ofSeconds(9), Duration.ofMinutes(5), Duration.ofMillis(200)))
                .withFilter(new Filter("vllm"));
        List<String> lines = Settings.lines(view, BEGINNING);
        assertThat(lines)
                .containsExactly(
                        "column=kv",
                        "glyphs=ascii",
                        "hidden=gpu,events",
                        "interval.ms=200",
                        "invert=true",
                        "sort=ttft-p99",
                        "theme=high-contrast",
                        "window.seconds=300");
        Settings.Applied applied = Settings.apply(lines, BEGINNING);
        assertThat(applied.complaints()).isEmpty();
        assertThat(Settings.lines(applied.view(), BEGINNING)).isEqualTo(lines);
        assertThat(applied.view().filter()).isEqualTo(Filter.ALL);
        assertThat(applied.view().time().paused()).isFalse();
    }

    @Test
    void whatIsAsAtFirstIsNotKeptSoThatTheTerminalStillDecides() {
        assertThat(Settings.lines(BEGINNING, BEGINNING)).isEmpty();
        ViewState onLight = BEGINNING.withLook(new Look(Look.Theme.LIGHT, false, Set.of()));
        assertThat(Settings.apply(Settings.lines(BEGINNING, BEGINNING), onLight).view())
                .isEqualTo(onLight);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "=",
                "theme=purple",
                "glyphs=yes",
                "sort=zebra",
                "invert=maybe",
                "column=state",
                "hidden=gpu,zebra",
                "window.seconds=5",
                "window.seconds=99999999999999999999",
                "interval.ms=-1",
                "interval.ms=3600001",
                "speed=3",
                "\u001b[31m=x"
            })
    void aBadLineIsNamedAndTheRestHolds(String bad) {
        Settings.Applied applied = Settings.apply(List.of("# comment", "", bad, "theme=light"), BEGINNING);
        assertThat(applied.complaints())
                .singleElement()
                .asString()
                .startsWith("line 3 '")
                .doesNotContain("\u001b");
        assertThat(applied.view().look().theme()).isEqualTo(Look.Theme.LIGHT);
    }

    @Test
    void theFileIsReplacedWholeAndIsTheOwnersAlone() throws Exception {
        Path path = folder.resolve("config/llmtop/tui.properties");
        SettingsFile file = new SettingsFile(path);
        assertThat(file.read()).isEmpty();
        file.write(List.of("theme=light"));
        file.write(List.of("theme=mono"));
        assertThat(file.read()).endsWith("theme=mono").hasSize(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(path.getParent()).isDirectoryNotContaining(each -> !each.equals(path));
        file.write(List.of());
        assertThat(path).doesNotExist();
    }

    @Test
    void aFileThatCannotBeReadOrWrittenSaysWhy() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> new SettingsFile(file.resolve("tui.properties")).write(List.of("theme=light")))
                .isInstanceOf(IOException.class);
        Path binary = Files.write(folder.resolve("tui.properties"), new byte[] {(byte) 0xff, 0});
        assertThatThrownBy(() -> new SettingsFile(binary).read()).hasMessage("it is no UTF-8 text");
        Files.write(binary, new byte[100_000]);
        assertThatThrownBy(() -> new SettingsFile(binary).read()).hasMessageContaining("larger");
    }

    @Test
    void theFileLiesWhereXdgSays() {
        assertThat(SettingsFile.place(Map.of("HOME", "/home/a")))
                .contains(Path.of("/home/a/.config/llmtop/tui.properties"));
        assertThat(SettingsFile.place(Map.of("HOME", "/home/a", "XDG_CONFIG_HOME", "/etc/a")))
                .contains(Path.of("/etc/a/llmtop/tui.properties"));
        assertThat(SettingsFile.place(Map.of("HOME", "/home/a", "XDG_CONFIG_HOME", "relative")))
                .contains(Path.of("/home/a/.config/llmtop/tui.properties"));
        assertThat(SettingsFile.place(Map.of())).isEmpty();
    }
}
