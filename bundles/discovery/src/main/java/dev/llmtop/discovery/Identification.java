// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.Probes;
import dev.llmtop.model.Verdict;
import dev.llmtop.spi.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Asks one place who it is. Runs on a thread of its own; never throws. */
final class Identification {
    private final Probes probes;
    private final Adapters adapters;
    private final Launches launches;
    private final Duration deadline;

    Identification(Probes probes, Adapters adapters, Launches launches, Duration deadline) {
        this.probes = probes;
        this.adapters = adapters;
        this.launches = launches;
        this.deadline = deadline;
    }

    Outcome of(Place place) {
        try {
            return firstThatAnswers(place);
        } catch (RuntimeException bug) {
            String why = "could not be asked: " + bug.getClass().getSimpleName();
            return new Outcome(Verdict.SILENT, place.spot().endpoint(), Optional.empty(), false, why);
        }
    }

    /** The first of its endpoints that is claimed; else the first that answers; else the first. */
    private Outcome firstThatAnswers(Place place) {
        Optional<Outcome> best = Optional.empty();
        for (Endpoint endpoint : place.spot().endpoints()) {
            Outcome outcome = interview(place, new Interview(place, endpoint, probes, launches, deadline));
            if (outcome.claim().isPresent() && outcome.answered()) {
                return outcome;
            }
            if (best.isEmpty() || outcome.answered() && !best.get().answered()) {
                best = Optional.of(outcome);
            }
        }
        return best.orElseThrow();
    }

    private Outcome interview(Place place, Interview interview) {
        List<Adapters.Guarded> working = adapters.working();
        if (place.hinted()) {
            for (String kind : place.why().hints()) {
                working.stream()
                        .filter(adapter -> adapter.descriptor().kind().equals(kind))
                        .forEach(interview::openly);
            }
            if (interview.best().isPresent() || interview.unanswered()) {
                return interview.outcome("");
            }
        }
        FirstContact.Heard heard = FirstContact.with(
                interview.endpoint().port(),
                place::forbidsAtFirst,
                interview::contact,
                () -> interview.settledBy(working));
        String why = why(heard, interview);
        if (heard.end() == FirstContact.End.SETTLED || !heard.answered()) {
            return interview.outcome(why);
        }
        boolean settled = interview.settledBy(working);
        if (!settled && (heard.end() == FirstContact.End.DONE || heard.end() == FirstContact.End.LITELLM)) {
            boolean byPort = heard.end() == FirstContact.End.DONE;
            askOn(
                    interview,
                    working.stream()
                            .filter(adapter -> interview.hasClaimOf(adapter)
                                    || byPort && usualPortOf(adapter.descriptor(), interview.endpoint()))
                            .toList());
        }
        return interview.outcome(why);
    }

    /** The most likely first, in whatever order they came; nobody is asked for once an answer told. */
    private static void askOn(Interview interview, List<Adapters.Guarded> adapters) {
        List<Adapters.Guarded> ordered = new ArrayList<>(adapters);
        ordered.sort(Comparator.comparing(interview::strengthOf)
                .reversed()
                .thenComparing(adapter -> -adapter.descriptor().origin().ranking())
                .thenComparing(adapter -> adapter.descriptor().kind()));
        for (Adapters.Guarded adapter : ordered) {
            if (interview.sure()) {
                return;
            }
            interview.openly(adapter);
        }
    }

    static boolean usualPortOf(AdapterDescriptor adapter, Endpoint endpoint) {
        return adapter.signature().ports().contains(endpoint.port());
    }

    private static String why(FirstContact.Heard heard, Interview interview) {
        return switch (heard.end()) {
            case SETTLED -> "an answer tells";
            case SILENT ->
                heard.answered()
                        ? "stopped answering: " + interview.heard().failure()
                        : "no HTTP answer: " + interview.heard().failure();
            case ENDLESS -> "an answer without an end";
            case WEB_PAGES -> "an HTML page on every path";
            case CLOSED -> "401 or 403 on every path, which proves nothing";
            case LITELLM -> "a LiteLLM proxy, and no adapter claims it";
            case CANCELS_STREAMS ->
                "llama-cpp-python's server, which cancels a stream when asked more, and no adapter claims it";
            case DONE -> heard.answers().isEmpty() ? "nothing may be asked here" : "no adapter claims its answers";
        };
    }
}
