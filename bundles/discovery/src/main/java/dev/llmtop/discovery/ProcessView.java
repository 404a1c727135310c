// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.spi.EngineType.Children;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The processes of one scan as trees of engines. The root of a tree is the topmost process whose command line names the engine;
 * below it, what the engine started belongs to it, unless it is a backend of its own.
 */
final class ProcessView {
    private static final int DEEPEST = 64;

    private final Map<Long, ProcessEntry> processes;
    private final Map<Long, ProcessRole> roles;
    private final Map<Long, List<Long>> children = new HashMap<>();
    private final Map<Long, Optional<Long>> roots = new HashMap<>();

    ProcessView(Map<Long, ProcessEntry> processes, Map<Long, ProcessRole> roles) {
        this.processes = processes;
        this.roles = roles;
        processes.values().stream()
                .sorted(java.util.Comparator.comparingLong(ProcessEntry::pid))
                .forEach(process -> children.computeIfAbsent(process.parent(), parent -> new ArrayList<>())
                        .add(process.pid()));
    }

    Collection<ProcessEntry> processes() {
        return processes.values();
    }

    Optional<ProcessEntry> process(long pid) {
        return Optional.ofNullable(processes.get(pid));
    }

    /** The role of a process that is in the scan. */
    Optional<ProcessRole> role(long pid) {
        return Optional.ofNullable(roles.get(pid));
    }

    /** The roots of all engine trees, ascending. */
    Set<Long> roots() {
        Set<Long> found = new TreeSet<>();
        processes.keySet().stream()
                .filter(pid -> role(pid).map(ProcessRole::whole).orElse(false))
                .forEach(pid -> root(pid).ifPresent(found::add));
        return found;
    }

    /** The root of the engine tree that a process belongs to. */
    Optional<Long> root(long pid) {
        Optional<Long> known = roots.get(pid);
        if (known == null) {
            known = findRoot(pid);
            roots.put(pid, known);
        }
        return known;
    }

    /** A process and all below it, without trees of other engines. */
    Set<Long> tree(long top) {
        Set<Long> tree = new TreeSet<>();
        Deque<Long> next = new ArrayDeque<>(List.of(top));
        Optional<Long> root = root(top);
        while (!next.isEmpty()) {
            long pid = next.pop();
            if (processes.containsKey(pid) && root(pid).equals(root) && tree.add(pid)) {
                next.addAll(children.getOrDefault(pid, List.of()));
            }
        }
        return tree;
    }

    /** The processes above one, nearest first. */
    List<ProcessEntry> ancestors(long pid) {
        List<ProcessEntry> above = new ArrayList<>();
        ProcessEntry process = processes.get(pid);
        while (process != null && above.size() < DEEPEST) {
            process = process.parent() == process.pid() ? null : processes.get(process.parent());
            if (process != null) {
                above.add(process);
            }
        }
        return above;
    }

    /**
     * The process of a tree that is the engine itself: below its root, as long as the only process with the very same command is
     * a child, since the upper one then is a wrapper ({@code sudo}, {@code tini}, {@code timeout}).
     */
    long main(long root) {
        long main = root;
        for (int depth = 0; depth < DEEPEST; depth++) {
            @Nullable Long same = null;
            for (long child : children.getOrDefault(main, List.of())) {
                if (sameCommand(main, child)) {
                    same = child;
                    break;
                }
            }
            if (same == null) {
                return main;
            }
            main = same;
        }
        return main;
    }

    private boolean sameCommand(long one, long other) {
        ProcessRole first = roles.get(one);
        ProcessRole second = roles.get(other);
        return first != null
                && second != null
                && second.whole()
                && first.command().program().equals(second.command().program())
                && first.command().arguments().equals(second.command().arguments());
    }

    private Optional<Long> findRoot(long pid) {
        ProcessRole own = roles.get(pid);
        if (own == null) {
            return Optional.empty();
        }
        Optional<Long> above = ancestors(pid).stream()
                .map(ProcessEntry::pid)
                .filter(ancestor -> role(ancestor).map(ProcessRole::whole).orElse(false))
                .findFirst();
        if (!own.whole()) {
            return above.flatMap(this::root);
        }
        return above.filter(ancestor -> absorbs(roles.get(ancestor), own))
                .flatMap(this::root)
                .or(() -> Optional.of(pid));
    }

    private static boolean absorbs(@Nullable ProcessRole above, ProcessRole below) {
        return above != null
                && (above.children() == Children.INSTANCES || !Collections.disjoint(above.kinds(), below.kinds()));
    }
}
