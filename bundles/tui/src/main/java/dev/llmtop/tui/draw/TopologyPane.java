// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.EngineSnapshot.RemoteBackend;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Role;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Value;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.table.TableCell;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which router stands before which engines, and what runs and waits there. */
final class TopologyPane {
    private static final int BRANCH = 13;
    private static final int NAME = 17;
    private static final int LOAD = 32;

    private TopologyPane() {}

    static void draw(Canvas canvas, Stage stage) {
        Snapshot snapshot = stage.snapshot();
        Set<String> behind = new HashSet<>();
        int row = 0;
        for (EngineSnapshot router : snapshot.engines()) {
            if (router.identity().role() == Role.ROUTER
                    || !router.serving().backends().isEmpty()) {
                row = router(canvas, row, router, snapshot, behind);
            }
        }
        for (EngineSnapshot engine : snapshot.engines()) {
            boolean lone = engine.identity().role() == Role.ENGINE
                    && engine.serving().backends().isEmpty()
                    && !behind.contains(engine.identity().id());
            if (lone && row < canvas.size().rows()) {
                canvas.put(row, 0, LOAD - 1, EngineNames.name(engine), Style.PLAIN);
                canvas.put(row++, LOAD, load(engine), Style.PLAIN);
            }
        }
    }

    private static int router(Canvas canvas, int top, EngineSnapshot router, Snapshot snapshot, Set<String> behind) {
        List<String> names = new ArrayList<>();
        List<String> loads = new ArrayList<>();
        for (String id : router.serving().backends()) {
            Optional<EngineSnapshot> backend = snapshot.engine(id);
            names.add(backend.map(EngineNames::name).orElse(EngineNames.address(id)));
            loads.add(backend.map(TopologyPane::load).orElse("gone"));
            behind.add(id);
        }
        for (RemoteBackend remote : router.serving().remoteBackends()) {
            names.add(remote.host() + " " + remote.model());
            loads.add("");
        }
        canvas.put(top, 0, BRANCH - 1, EngineNames.name(router), Style.PLAIN);
        for (int at = 0; at < names.size(); at++) {
            boolean last = at == names.size() - 1;
            String branch = at == 0 ? (last ? "───" : "─┬─") : last ? " └─" : " ├─";
            canvas.put(top + at, BRANCH, branch, Style.DIM);
            boolean loaded = !loads.get(at).isEmpty();
            int room = (loaded ? LOAD - 1 : canvas.size().columns()) - NAME;
            canvas.put(top + at, NAME, room, names.get(at), Style.PLAIN);
            canvas.put(top + at, LOAD, loads.get(at), Style.PLAIN);
        }
        return top + Math.max(1, names.size());
    }

    /** What runs and what waits; nothing where neither applies. */
    private static String load(EngineSnapshot engine) {
        String running = count(engine, Metric.RUNNING);
        String waiting = count(engine, Metric.WAITING);
        return running.isEmpty() && waiting.isEmpty()
                ? engine.identity().state().code()
                : running.equals(waiting) && !Character.isDigit(running.charAt(0)) ? running : running + "+" + waiting;
    }

    private static String count(EngineSnapshot engine, Metric metric) {
        return engine.measured()
                .metrics()
                .get(metric)
                .map(value -> value.known()
                        .map(Object::toString)
                        .orElseGet(() -> value.missing()
                                .map(Value.Unavailable::reason)
                                .map(TableCell::sign)
                                .orElse("")))
                .orElse("");
    }
}
