// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import dev.llmtop.agent.SnapshotFormat;
import dev.llmtop.model.Snapshot;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** What the report prints, for the other bundles. */
@Component(name = "dev.llmtop.report.formats", service = SnapshotFormat.class)
public final class Formats implements SnapshotFormat {
    private final SnapshotJson json = new SnapshotJson();

    /** Formats for any number of snapshots. */
    @Activate
    public Formats() {}

    @Override
    public String json(Snapshot snapshot, boolean indented) {
        return json.json(snapshot, indented);
    }

    @Override
    public String report(Snapshot snapshot, int columns, boolean ascii) {
        Page page = new Page(columns > 0 ? columns : Page.USUAL_WIDTH, ascii);
        return String.join("\n", OnceReport.lines(snapshot, page)) + "\n";
    }
}
