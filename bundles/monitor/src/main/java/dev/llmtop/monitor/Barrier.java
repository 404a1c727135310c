// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.model.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls into other parts: what they throw costs their own data only, is named in the problems, and is logged once per cause. */
final class Barrier {
    private static final Logger LOG = LoggerFactory.getLogger(Barrier.class);
    private static final int MOST_CAUSES = 1_000;

    private final Set<String> logged = new HashSet<>();
    private List<Problem> problems = new ArrayList<>();

    /** The result; empty where the call threw. */
    <T> Optional<T> call(String source, Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (RuntimeException | LinkageError thrown) {
            failed(source, thrown);
            return Optional.empty();
        }
    }

    private synchronized void failed(String source, Throwable thrown) {
        Problem problem = new Problem(source, describe(thrown));
        problems.add(problem);
        if (logged.size() < MOST_CAUSES && logged.add(source + problem.detail())) {
            LOG.warn("{} failed", source, thrown);
        }
    }

    /** What failed since the last call of this. */
    synchronized List<Problem> drain() {
        List<Problem> drained = problems;
        problems = new ArrayList<>();
        return drained;
    }

    /** One line for a person. */
    static String describe(Throwable thrown) {
        String message = thrown.getMessage();
        return Text.clean("failed: " + thrown.getClass().getSimpleName() + (message == null ? "" : ": " + message));
    }
}
