// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which runner serves which model. A runner's command line has the digest of the weights, {@code /api/ps} that of the manifest, and
 * the files that join them are not ours to read: so by the name (MLX), by the weights that {@code /api/tags} names, by the context,
 * and by exclusion. What stays ambiguous stays unassigned.
 */
final class Assignment {
    private final List<InstalledModel> installed;
    private final Map<String, RunnerState> byModel = new LinkedHashMap<>();
    private final Map<RunnerState, String> loading = new LinkedHashMap<>();

    private Assignment(List<InstalledModel> installed) {
        this.installed = installed;
    }

    static Assignment of(List<RunnerState> runners, List<LoadedModel> loaded, List<InstalledModel> installed) {
        Assignment assignment = new Assignment(installed);
        List<RunnerState> left = new ArrayList<>(runners);
        List<LoadedModel> models = new ArrayList<>(loaded);
        // With fewer models than runners some are not listed yet: those that say that they load.
        for (RunnerState runner : runners) {
            if (left.size() > models.size() && runner.loading()) {
                left.remove(runner);
                assignment.loading.put(runner, assignment.nameOf(runner.runner(), loaded));
            }
        }
        boolean settled = false;
        while (!settled) {
            settled = !assignment.assignOne(left, models, true) && !assignment.assignOne(left, models, false);
        }
        boolean allListedHaveOne = models.isEmpty();
        for (RunnerState runner : left) {
            if (allListedHaveOne && !runner.ready()) {
                assignment.loading.put(runner, assignment.nameOf(runner.runner(), loaded));
            }
        }
        return assignment;
    }

    /** The runner of each model that could be told, by name. */
    Map<String, RunnerState> byModel() {
        return byModel;
    }

    /** Runners whose model is not listed yet, with the best name for it. */
    Map<RunnerState, String> loading() {
        return loading;
    }

    /** Known weights first: a runner of unknown ones does not contest them. */
    private boolean assignOne(List<RunnerState> runners, List<LoadedModel> models, boolean byWeights) {
        for (RunnerState runner : runners) {
            List<LoadedModel> candidates = candidates(runner.runner(), models, byWeights);
            if (candidates.size() != 1) {
                continue;
            }
            LoadedModel only = candidates.get(0);
            boolean contested = runners.stream()
                    .filter(other -> other != runner)
                    .anyMatch(other ->
                            candidates(other.runner(), models, byWeights).contains(only));
            if (!contested) {
                byModel.put(only.name(), runner);
                runners.remove(runner);
                models.remove(only);
                return true;
            }
        }
        return false;
    }

    private List<LoadedModel> candidates(Runner runner, List<LoadedModel> models, boolean byWeights) {
        if (runner.kind() == Runner.Kind.MLX) {
            return models.stream()
                    .filter(model -> sameName(model.name(), runner.model()))
                    .toList();
        }
        List<LoadedModel> fitting = models.stream()
                .filter(model -> runner.mayHave(model.contextTokens()))
                .toList();
        Set<String> ofTheseWeights = named(runner);
        List<LoadedModel> exact = fitting.stream()
                .filter(model -> ofTheseWeights.contains(model.name()))
                .toList();
        return byWeights || !exact.isEmpty() ? exact : fitting;
    }

    /** Names whose weights are known to be the runner's. */
    private Set<String> named(Runner runner) {
        return installed.stream()
                .filter(model -> !runner.blob().isEmpty() && model.blob().equals(runner.blob()))
                .map(InstalledModel::name)
                .collect(Collectors.toSet());
    }

    /** The name of a model that is not listed yet, where only one can be meant; else what its file is called. */
    private String nameOf(Runner runner, List<LoadedModel> loaded) {
        Set<String> listed = loaded.stream().map(LoadedModel::name).collect(Collectors.toSet());
        List<String> names = installed.stream()
                .filter(model -> !model.isRemote() && !listed.contains(model.name()))
                .map(InstalledModel::name)
                .toList();
        Set<String> ofTheseWeights = named(runner);
        List<String> exact = names.stream().filter(ofTheseWeights::contains).toList();
        Optional<String> only = exact.size() == 1
                ? Optional.of(exact.get(0))
                : names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
        return runner.kind() == Runner.Kind.MLX ? runner.model() : only.orElseGet(runner::label);
    }

    private static boolean sameName(String listed, String given) {
        return listed.equals(given) || listed.equals(given + ":latest");
    }
}
