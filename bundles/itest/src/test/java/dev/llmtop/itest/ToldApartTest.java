// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.Redaction;
import dev.llmtop.itest.LineUp.Seen;
import dev.llmtop.itest.LineUp.Signal;
import dev.llmtop.model.State;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every adapter that ships sees every other engine's answers: exactly the right one claims each, and asks no more than it may. */
class ToldApartTest {
    private static final List<EngineCase> CASES = EngineCase.all();
    private static final List<ShippedAdapter> SHIPPED = ShippedAdapter.all();
    private static final Set<String> GENERIC = Set.of("openai", "unknown");

    /** Answers that a process of another kind may stand behind: what they say is the same, word for word. */
    private static final Set<String> SAME_WORDS =
            Set.of("vllm on production-stack-cards-passed-on", "llamacpp on llamafile-classic");

    static Stream<Arguments> signalsAndOrders() {
        return Stream.of(Signal.values())
                .flatMap(signal -> Stream.of(
                                "original", "reversed", "shuffled 1", "shuffled 2", "shuffled 3", "shuffled 4")
                        .map(order -> Arguments.of(signal, order)));
    }

    static Stream<String> kinds() {
        return SHIPPED.stream().map(ShippedAdapter::kind);
    }

    private static List<ShippedAdapter> ordered(String order) {
        List<ShippedAdapter> ordered = new ArrayList<>(SHIPPED);
        if (order.equals("reversed")) {
            Collections.reverse(ordered);
        } else if (order.startsWith("shuffled")) {
            Collections.shuffle(ordered, new Random(Long.parseLong(order.substring("shuffled ".length()))));
        }
        return ordered;
    }

    private static String expected(EngineCase each, Signal signal) {
        return signal == Signal.PROCESS ? each.hinted() : each.stranger();
    }

    @ParameterizedTest
    @MethodSource("signalsAndOrders")
    void exactlyTheRightAdapterClaimsEachServer(Signal signal, String order) {
        Map<String, Seen> seen = LineUp.look(signal, CASES, ordered(order));

        Map<String, String> wrong = new TreeMap<>();
        for (EngineCase each : CASES) {
            Seen found = seen.get(each.name());
            if (!found.kind().equals(expected(each, signal))) {
                wrong.put(each.name(), "is '" + expected(each, signal) + "', but seen as " + found);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(CASES).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @MethodSource("signalsAndOrders")
    void nothingIsAskedThatMayNotBeNorTwiceNorAfterTheVerdict(Signal signal, String order) {
        Map<String, Seen> seen = LineUp.look(signal, CASES, ordered(order));

        Map<String, String> wrong = new TreeMap<>();
        seen.forEach((name, found) -> {
            Set<String> allowed = allowed(signal, found);
            if (!allowed.containsAll(found.asked())) {
                wrong.put(name, "asked what none of its adapters declares: " + found);
            } else if (new LinkedHashSet<>(found.asked()).size()
                    != found.asked().size()) {
                wrong.put(name, "asked twice: " + found);
            } else if (isSure(found) && !paths(found.kind()).contains(last(found.asked()))) {
                wrong.put(name, "asked on after the answer that told: " + found);
            } else if (found.state() != State.LOADING && !found.askedAgain().isEmpty()) {
                wrong.put(name, "asked again after its verdict: " + found.askedAgain());
            }
        });
        assertThat(wrong).isEmpty();
    }

    /** An adapter that its process names is asked for alone; strangers get the first contact, and what the winner declares. */
    private static Set<String> allowed(Signal signal, Seen found) {
        Set<String> allowed = new LinkedHashSet<>(paths(found.kind()));
        if (signal != Signal.PROCESS || found.strength() != Strength.PROVEN) {
            allowed.addAll(Distribution.FIRST_CONTACT);
            allowed.add("/openapi.json");
        }
        if (signal != Signal.PORT) {
            // Usual ports open the paths of their adapters; of a command line that names another, its own were asked
            // first.
            SHIPPED.forEach(shipped -> allowed.addAll(shipped.descriptor().paths()));
        }
        if (signal != Signal.PROCESS) {
            allowed.removeAll(Set.of("/", "/health", "/ping", "/metrics", "/slots"));
        }
        return allowed;
    }

    private static Set<String> paths(String kind) {
        return SHIPPED.stream()
                .filter(shipped -> shipped.kind().equals(kind))
                .findFirst()
                .map(shipped -> shipped.descriptor().paths())
                .orElse(Set.of());
    }

    private static boolean isSure(Seen found) {
        return found.strength().compareTo(Strength.DISTINCTIVE) >= 0;
    }

    private static String last(List<String> asked) {
        return asked.get(asked.size() - 1);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anAdapterThatMayAskEverythingKnowsItsOwnAndNobodyElse(String kind) {
        ShippedAdapter shipped = SHIPPED.stream()
                .filter(one -> one.kind().equals(kind))
                .findFirst()
                .orElseThrow();
        Map<String, String> wrong = new TreeMap<>();
        for (EngineCase each : CASES) {
            if (GENERIC.contains(kind) && each.hinted().equals(kind)) {
                continue;
            }
            boolean its = each.hinted().equals(kind);
            Match stranger = detected(shipped, each, Set.of());
            Match named = detected(shipped, each, Set.of(kind));
            if (!its && stranger.strength().compareTo(Strength.BLOCKED) > 0) {
                wrong.put(each.name(), "taken for its own: " + stranger);
            } else if (its && named.strength() == Strength.NONE) {
                wrong.put(each.name(), "not known though its command line names it");
            } else if (!its && !GENERIC.contains(kind) && contradicts(kind + " on " + each.name(), named)) {
                wrong.put(each.name(), "a command line counts for more than what it answers: " + named);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** A process may be what its command line says as long as the answers say nothing: a closed door, a 503. */
    private static boolean contradicts(String what, Match named) {
        boolean says = named.state() != State.BLOCKED && named.state() != State.LOADING;
        return named.strength() != Strength.NONE && says && !SAME_WORDS.contains(what);
    }

    private static Match detected(ShippedAdapter shipped, EngineCase each, Set<String> hints) {
        try (EngineServer server = each.folder().start()) {
            CommandLine command = CommandLine.of(each.argv(server.port()));
            Launch launch = new Launch(7, command.program(), Redaction.arguments(command.arguments()), Map.of());
            Candidate candidate = new Candidate(
                    server.endpoint(),
                    true,
                    hints.isEmpty() ? Optional.empty() : Optional.of(launch),
                    List.of(),
                    hints);
            Set<String> paths = shipped.descriptor().paths();
            Match match = shipped.adapter().detect(candidate, LocalProbe.to(server.endpoint(), paths));
            server.assertOnly(paths);
            return match;
        }
    }
}
