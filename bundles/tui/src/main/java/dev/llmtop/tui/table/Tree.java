// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Role;
import dev.llmtop.tui.state.Filter;
import dev.llmtop.tui.state.TableView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Routers with their engines, engines with their models, as rows. */
final class Tree {
    /** How much is unfolded by itself. */
    enum Depth {
        /** No models. */
        ENGINES,
        /** Models in memory, where an engine has several. */
        SERVED,
        /** Also models that are only installed. */
        INSTALLED
    }

    private final Fleet fleet;
    private final TableView view;
    private final Filter filter;
    private final Map<String, EngineSnapshot> shown = new LinkedHashMap<>();
    private final Map<String, List<EngineSnapshot>> below = new HashMap<>();
    private final Set<String> hasParent = new HashSet<>();

    Tree(Fleet fleet, TableView view, Filter filter) {
        this.fleet = fleet;
        this.view = view;
        this.filter = filter;
        for (EngineSnapshot engine : fleet.engines()) {
            if (matches(engine)) {
                shown.put(engine.identity().id(), engine);
            }
        }
        shown.values().forEach(this::adopt);
    }

    private boolean matches(EngineSnapshot engine) {
        return filter.matches(engine, Optional.empty())
                || engine.models().stream().anyMatch(model -> filter.matches(engine, Optional.of(model)));
    }

    /** Lays to a router those backends that have no router yet and do not stand above it. */
    private void adopt(EngineSnapshot router) {
        for (String id : router.serving().backends()) {
            EngineSnapshot backend = shown.get(id);
            if (backend != null && !reaches(backend, router.identity().id()) && hasParent.add(id)) {
                below.computeIfAbsent(router.identity().id(), none -> new ArrayList<>())
                        .add(backend);
            }
        }
    }

    private boolean reaches(EngineSnapshot from, String id) {
        return from.identity().id().equals(id)
                || below.getOrDefault(from.identity().id(), List.of()).stream().anyMatch(one -> reaches(one, id));
    }

    /** Engines that pass the filter. */
    int engines() {
        return shown.size();
    }

    /** Rows in the order of the tree. */
    List<TableRow> rows(Depth depth) {
        return rows(depth, view.folded());
    }

    /** How many rows there would be had the user folded nothing. */
    int count(Depth depth) {
        return rows(depth, Set.of()).size();
    }

    private List<TableRow> rows(Depth depth, Set<String> folded) {
        List<TableRow> rows = new ArrayList<>();
        for (EngineSnapshot engine : shown.values()) {
            if (!hasParent.contains(engine.identity().id())) {
                add(new Node(engine, "", ""), depth, folded, rows);
            }
        }
        return rows;
    }

    /** Rows without a tree, unsorted: engines, and the models of those that the user unfolded. */
    List<TableRow> flat() {
        List<TableRow> rows = new ArrayList<>();
        for (EngineSnapshot engine : shown.values()) {
            boolean opens = models(engine, Depth.INSTALLED).size() > 1;
            rows.add(row(engine, Optional.empty(), "", opens));
            if (opens && view.folded().contains(engine.identity().id())) {
                models(engine, Depth.SERVED).forEach(model -> rows.add(row(engine, Optional.of(model), "", false)));
            }
        }
        return rows;
    }

    /** An engine, what the tree draws before it, and before what is below it. */
    private record Node(EngineSnapshot engine, String branch, String indent) {
        Node below(EngineSnapshot other, boolean last) {
            return new Node(other, indent + (last ? "└" : "├"), indent + (last ? " " : "│"));
        }
    }

    private void add(Node node, Depth depth, Set<String> folded, List<TableRow> rows) {
        EngineSnapshot engine = node.engine();
        String id = engine.identity().id();
        boolean flipped = folded.contains(id);
        List<EngineSnapshot> engines = below.getOrDefault(id, List.of());
        List<ModelSnapshot> all = models(engine, Depth.INSTALLED);
        rows.add(row(engine, Optional.empty(), node.branch(), !engines.isEmpty() || !all.isEmpty()));
        for (int at = 0; at < engines.size() && !flipped; at++) {
            add(node.below(engines.get(at), at == engines.size() - 1), depth, folded, rows);
        }
        List<ModelSnapshot> models = engines.isEmpty() ? opened(engine, all, flipped, depth) : List.of();
        for (int at = 0; at < models.size(); at++) {
            String end = at == models.size() - 1 ? "└" : "├";
            rows.add(row(engine, Optional.of(models.get(at)), node.indent() + end, false));
        }
    }

    private List<ModelSnapshot> opened(EngineSnapshot engine, List<ModelSnapshot> all, boolean flipped, Depth depth) {
        List<ModelSnapshot> automatic = view.allFolded() ? List.of() : models(engine, depth);
        return !flipped ? automatic : automatic.isEmpty() ? all : List.of();
    }

    /** Models that get rows of their own: the only one served stands in the row of its engine. */
    private List<ModelSnapshot> models(EngineSnapshot engine, Depth depth) {
        if (depth == Depth.ENGINES || passesOn(engine) && depth == Depth.SERVED) {
            return List.of();
        }
        boolean several = Fleet.served(engine).size() > 1;
        List<ModelSnapshot> models = engine.models().stream()
                .filter(model -> model.state() == ModelState.AVAILABLE ? depth == Depth.INSTALLED : several)
                .toList();
        List<ModelSnapshot> matching = models.stream()
                .filter(model -> filter.matches(engine, Optional.of(model)))
                .toList();
        return matching.isEmpty() ? models : matching;
    }

    /** A router whose models are its own, such as llama.cpp's, has no backends. */
    private static boolean passesOn(EngineSnapshot engine) {
        boolean behind = !engine.serving().backends().isEmpty()
                || !engine.serving().remoteBackends().isEmpty();
        return engine.identity().role() == Role.ROUTER && behind;
    }

    private TableRow row(EngineSnapshot engine, Optional<ModelSnapshot> model, String branch, boolean opens) {
        return new TableRow(
                engine,
                model,
                branch,
                Optional.ofNullable(fleet.gone().get(engine.identity().id())),
                opens,
                fleet.withoutGpu());
    }
}
