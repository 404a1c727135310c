// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import dev.llmtop.agent.SnapshotFormat;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Snapshot;
import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How the results of commands read as text, alone and in a pipe. */
@Component(
        name = "dev.llmtop.shell.results",
        service = Converter.class,
        property = {
            Converter.CONVERTER_CLASSES + "=dev.llmtop.model.Snapshot",
            Converter.CONVERTER_CLASSES + "=dev.llmtop.model.EngineSnapshot",
            Converter.CONVERTER_CLASSES + "=dev.llmtop.model.Evidence"
        })
public final class Results implements Converter {
    private final SnapshotFormat format;

    /** Writes snapshots by {@code format}. */
    @Activate
    public Results(@Reference(name = "format") SnapshotFormat format) {
        this.format = format;
    }

    /** Nothing is made of text: commands take ids. */
    @Override
    public @Nullable Object convert(Class<?> desired, Object given) {
        return null;
    }

    /** The text of what our commands return; {@code null}, as Gogo has it, for what is none of ours. */
    @Override
    public @Nullable CharSequence format(Object target, int level, Converter escape) {
        if (target instanceof Table<?> table) {
            return table.text();
        }
        if (target instanceof Snapshot snapshot) {
            return format.json(snapshot, level == INSPECT);
        }
        if (target instanceof EngineSnapshot engine) {
            return level == INSPECT ? EngineText.of(engine) : EngineText.line(engine);
        }
        return target instanceof Evidence evidence ? EngineText.sign(evidence) : null;
    }
}
