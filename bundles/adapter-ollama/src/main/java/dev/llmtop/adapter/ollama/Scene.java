// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

import dev.llmtop.model.ModelState;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Probe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A server and its runners as they stand.
 *
 * @param loadedAnswer of {@code /api/ps}
 * @param loaded what it lists; empty where it could not be read
 * @param runners that listen, each with its last answer
 * @param installedAnswer of {@code /api/tags}
 */
record Scene(
        Answer loadedAnswer,
        Optional<List<LoadedModel>> loaded,
        List<RunnerState> runners,
        Answer installedAnswer,
        List<InstalledModel> installed) {
    static final String LOADED = "/api/ps";
    static final String INSTALLED = "/api/tags";

    /** Ollama writes a line into its log for every request. */
    private static final Duration LOADED_AGE = Duration.ofSeconds(3);

    /** Servers before 0.30 read every manifest for it. */
    private static final Duration INSTALLED_AGE = Duration.ofSeconds(60);

    /** Requests a second that all runners may get, so that with those to the server there are never more than two. */
    private static final double MOST_OF_RUNNERS = 1.7;

    private static final long TICK_MILLIS = 1_000;

    /**
     * Several runners are asked in one tick and then kept for a few: a sum of answers of different moments would be of none, and its
     * rate would flicker.
     */
    private static Duration together(int runners) {
        long ticks = (long) Math.ceil(runners / MOST_OF_RUNNERS);
        return ticks <= 1 ? Duration.ZERO : Duration.ofMillis(ticks * TICK_MILLIS - TICK_MILLIS / 2);
    }

    /** Asks the server; its runners only where it answered. */
    static Scene of(Probe probe, Duration runnersAge) {
        Answer loadedAnswer = probe.get(Get.of(LOADED).maxAge(LOADED_AGE));
        Optional<List<LoadedModel>> loaded = LoadedModel.listed(loadedAnswer.okJson());
        Answer installedAnswer = probe.get(Get.of(INSTALLED).maxAge(INSTALLED_AGE));
        List<RunnerState> runners = new ArrayList<>();
        if (loaded.isPresent()) {
            List<Runner> listening = Runner.among(probe.members());
            Duration together = together(listening.size());
            Duration age = together.compareTo(runnersAge) > 0 ? together : runnersAge;
            for (Runner runner : listening) {
                runners.add(RunnerState.ask(runner, probe, age));
            }
        }
        return new Scene(
                loadedAnswer, loaded, runners, installedAnswer, InstalledModel.listed(installedAnswer.okJson()));
    }

    Assignment assignment() {
        return Assignment.of(runners, loaded.orElse(List.of()), installed);
    }

    /** What changes when a model comes, goes, moves, or gets another time to live. */
    String fingerprint(Assignment assignment) {
        Set<String> facts = new TreeSet<>();
        loaded.orElse(List.of()).forEach(model -> facts.add(model.toString()));
        installed.forEach(model -> facts.add(model.name() + " " + ModelState.AVAILABLE));
        assignment
                .byModel()
                .forEach((name, state) -> facts.add(name + " " + state.runner().pid()));
        assignment.loading().forEach((state, name) -> facts.add(name + " " + ModelState.LOADING));
        return UUID.nameUUIDFromBytes(String.join("\n", facts).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
