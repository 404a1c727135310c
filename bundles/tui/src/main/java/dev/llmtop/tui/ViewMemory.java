// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import dev.llmtop.tui.keep.Settings;
import dev.llmtop.tui.keep.SettingsFile;
import dev.llmtop.tui.state.ViewState;
import java.io.IOException;
import java.util.Optional;

/** What the screen keeps from run to run, and what it begins with. */
final class ViewMemory {
    private final ViewState beginning;
    private final Optional<SettingsFile> file;
    private boolean complained;

    /**
     * @param beginning the view without any memory
     * @param file absent where there is no home
     */
    ViewMemory(ViewState beginning, Optional<SettingsFile> file) {
        this.beginning = beginning;
        this.file = file;
    }

    /** The view to begin with; what could not be used of the file stands in its note. */
    ViewState remembered() {
        if (file.isEmpty()) {
            return beginning;
        }
        try {
            Settings.Applied applied = Settings.apply(file.get().read(), beginning);
            int more = applied.complaints().size() - 1;
            return more < 0
                    ? applied.view()
                    : applied.view()
                            .withNote("tui.properties: "
                                    + applied.complaints().get(0)
                                    + (more > 0 ? ", and " + more + " more" : "")
                                    + "; as usual there");
        } catch (IOException e) {
            return beginning.withNote("tui.properties cannot be read: " + Failure.line(e));
        }
    }

    /** Keeps a view; a line where that fails for the first time. */
    synchronized Optional<String> keep(ViewState view) {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            file.get().write(Settings.lines(view, beginning));
            return Optional.empty();
        } catch (IOException e) {
            boolean first = !complained;
            complained = true;
            return first ? Optional.of("the view cannot be kept: " + Failure.line(e)) : Optional.empty();
        }
    }

    /** A view with all that is kept as at first; what is selected and filtered stays. */
    ViewState forgotten(ViewState view) {
        return view.withLook(beginning.look())
                .withTable(table -> beginning.table().withFolded(table.folded()).withMarked(table.marked()))
                .withTime(new dev.llmtop.tui.state.TimeView(
                        view.time().paused(),
                        view.time().back(),
                        beginning.time().window(),
                        view.time().interval()));
    }
}
