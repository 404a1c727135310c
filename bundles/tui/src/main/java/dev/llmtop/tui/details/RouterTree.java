// SPDX-License-Identifier: MIT
package dev.llmtop.tui.details;

import dev.llmtop.agent.Cells;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What stands behind a router, each backend with its state; routers behind routers as well, each once. */
final class RouterTree {
    private static final int NAME = 24;

    private final Subject subject;
    private final List<Branch> branches = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private record Branch(String drawn, String name, List<Span> says) {}

    private RouterTree(Subject subject) {
        this.subject = subject;
    }

    static void add(Subject subject, Sheet sheet) {
        RouterTree tree = new RouterTree(subject);
        tree.seen.add(subject.id());
        tree.grow(subject.engine(), "");
        if (tree.branches.isEmpty()) {
            sheet.labelled("backends", Span.dim("none known"));
            return;
        }
        String label = "backends";
        for (Branch branch : tree.branches) {
            List<Span> line = new ArrayList<>();
            line.add(Span.of(Sheet.pad(branch.name, NAME)));
            line.addAll(branch.says);
            sheet.indented(Sheet.pad(label, Sheet.LABEL) + branch.drawn, Sheet.LABEL + branch.drawn.length(), line);
            label = "";
        }
    }

    private void grow(EngineSnapshot router, String indent) {
        List<String> local = router.serving().backends();
        List<EngineSnapshot.RemoteBackend> remote = router.serving().remoteBackends();
        int left = local.size() + remote.size();
        for (String id : local) {
            left--;
            backend(id, indent, left == 0);
        }
        for (EngineSnapshot.RemoteBackend backend : remote) {
            left--;
            branches.add(new Branch(
                    indent + stem(left == 0), backend.host(), List.of(Span.dim("remote  "), Span.of(backend.model()))));
        }
    }

    private void backend(String id, String indent, boolean last) {
        Optional<EngineSnapshot> known = subject.snapshot().engine(id);
        String drawn = indent + stem(last);
        if (known.isEmpty()) {
            branches.add(new Branch(drawn, id, List.of(Span.dim("not seen"))));
            return;
        }
        EngineSnapshot engine = known.get();
        branches.add(new Branch(
                drawn, Names.sign(engine.identity().state()) + " " + Names.of(engine), List.of(Span.of(says(engine)))));
        if (seen.add(id)) {
            grow(engine, indent + (last ? "   " : "│  "));
        }
    }

    private static String stem(boolean last) {
        return last ? "└─ " : "├─ ";
    }

    private static String says(EngineSnapshot engine) {
        StringBuilder says = new StringBuilder(engine.identity().state().code());
        engine.measured()
                .metrics()
                .number(Metric.RUNNING)
                .ifPresent(running -> says.append("  run ").append(Cells.count(Math.round(running))));
        engine.measured()
                .metrics()
                .number(Metric.WAITING)
                .ifPresent(waiting -> says.append("  wait ").append(Cells.count(Math.round(waiting))));
        engine.measured()
                .metrics()
                .number(Metric.GENERATION_TOKENS_PER_SECOND)
                .ifPresent(
                        decode -> says.append("  ").append(Cells.number(decode)).append(" tok/s"));
        List<String> models = engine.models().stream()
                .filter(model -> model.state() != ModelState.AVAILABLE)
                .map(ModelSnapshot::id)
                .toList();
        return says + (models.isEmpty() ? "" : "  " + String.join(", ", models));
    }
}
