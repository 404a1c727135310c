// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import dev.llmtop.agent.Cells;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ProcessInfo;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the MODEL column says: the model, or how many, or why there is none.
 *
 * @param row that says it
 */
record ModelText(TableRow row) {
    String text() {
        if (row.model().isPresent()) {
            return brief(row.model().get().id());
        }
        if (row.gone().isPresent()) {
            return "gone " + Cells.duration(row.gone().get().toSeconds()) + cause();
        }
        EngineSnapshot engine = row.engine();
        return switch (engine.identity().state()) {
            case UNREACHABLE ->
                engine.measured()
                                .freshness()
                                .map(freshness -> "silent " + Cells.duration(freshness.ageSeconds()))
                                .orElse("silent")
                        + cause();
            case BLOCKED -> status().map(code -> code + ", a key opens").orElse("a key opens it");
            case IDENTIFYING -> process().orElseGet(this::asked);
            case LOADING -> loading();
            case READY, SLEEPING -> models();
        };
    }

    /** A file stands by its name: the directories before it would fill the cell. */
    private static String brief(String id) {
        String name = id.substring(id.lastIndexOf('/') + 1);
        return id.startsWith("/") && !name.isEmpty() ? name : id;
    }

    private String cause() {
        String detail = RowFigures.gap(row.engine().findings().unavailable(), "metrics")
                .flatMap(Value::missing)
                .map(Value.Unavailable::detail)
                .orElse("")
                .toLowerCase(Locale.ROOT);
        return detail.contains("refused") ? ", refused" : detail.contains("timed out") ? ", no answer" : "";
    }

    private Optional<String> status() {
        String details = row.engine().findings().unavailable().values().stream()
                .filter(gap -> gap.reason() == Reason.NEEDS_KEY)
                .map(Value.Unavailable::detail)
                .reduce("", (some, more) -> some + " " + more);
        return details.contains("403") && !details.contains("401")
                ? Optional.of("403")
                : details.contains("401") ? Optional.of("401") : Optional.empty();
    }

    private Optional<String> process() {
        return row.engine()
                .placement()
                .process()
                .map(process -> "pid " + process.pid() + " " + process.owner().user());
    }

    private String asked() {
        return row.engine().findings().evidence().stream()
                .map(evidence -> evidence.says())
                .findFirst()
                .orElse("asking");
    }

    private String loading() {
        Optional<String> id = Fleet.spokesman(row.engine()).map(ModelSnapshot::id);
        String progress = row.engine()
                .measured()
                .metrics()
                .number(Metric.MODEL_LOAD_PROGRESS_RATIO)
                .map(ratio -> " " + Cells.ratio(ratio))
                .or(() -> row.engine()
                        .placement()
                        .process()
                        .map(ProcessInfo::owner)
                        .map(owner -> " " + Cells.duration(owner.uptimeSeconds())))
                .orElse("");
        return "loading" + progress + id.map(model -> " " + brief(model)).orElse("");
    }

    private String models() {
        EngineSnapshot engine = row.engine();
        int backends = engine.serving().backends().size()
                + engine.serving().remoteBackends().size();
        if (engine.identity().role() == Role.ROUTER && backends > 0) {
            return backends + (backends == 1 ? " backend" : " backends");
        }
        List<ModelSnapshot> served = Fleet.served(engine);
        if (served.size() == 1) {
            return brief(served.get(0).id());
        }
        if (served.isEmpty()) {
            String nothing = engine.identity().state() == State.SLEEPING ? "asleep" : "";
            return engine.models().isEmpty()
                    ? nothing
                    : "0 of " + engine.models().size() + " loaded";
        }
        return served.size() + " models";
    }
}
