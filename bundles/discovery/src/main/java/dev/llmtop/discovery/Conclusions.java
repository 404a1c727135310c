// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.Discovery.Access;
import dev.llmtop.agent.Discovery.Discovered;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.Discovery.Processes;
import dev.llmtop.agent.Discovery.Scene;
import dev.llmtop.agent.ProcessTable;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Scan;
import dev.llmtop.model.State;
import dev.llmtop.model.Verdict;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Strength;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Says what is known: engines with their evidence, and what was looked at. */
final class Conclusions {
    /** A hinted process that does not answer is taken to be loading for so long; a large model takes its time. */
    private static final Duration YOUNG = Duration.ofMinutes(15);

    private final Launches launches;
    private final ProcessTable table;
    private final Clock clock;
    private final Wanted wanted;

    Conclusions(Launches launches, ProcessTable table, Clock clock, Wanted wanted) {
        this.launches = launches;
        this.table = table;
        this.clock = clock;
        this.wanted = wanted;
    }

    /**
     * What is known of a place.
     *
     * @param outcome of its last interview
     * @param underWay whether it is being asked now
     * @param asked whether it was asked at all
     * @param works whether the adapter of a kind works
     */
    record Knowledge(Optional<Outcome> outcome, boolean underWay, boolean asked, Predicate<String> works) {
        /** The claim, where its adapter is still there. */
        Optional<Outcome.Claim> claim() {
            return outcome.flatMap(Outcome::claim)
                    .filter(claim -> works.test(claim.adapter().kind()));
        }
    }

    Discovered of(Scene scene, Survey survey, Collection<Place> places, Function<Place, Knowledge> knowledge) {
        Map<String, Found> engines = new LinkedHashMap<>();
        List<Scan.Candidate> candidates = new ArrayList<>();
        Set<String> askedIds = new HashSet<>();
        boolean complete = true;
        for (Place place : places) {
            Knowledge known = knowledge.apply(place);
            complete &= !known.underWay();
            Optional<Found> found = engine(place, known);
            found.ifPresent(engine -> engines.putIfAbsent(engine.id(), engine));
            candidates.add(candidate(place, known, found));
            if (known.asked()) {
                askedIds.add(place.id());
                askedIds.addAll(place.spot().alsoAt());
            }
        }
        candidates.sort(Comparator.comparing(Scan.Candidate::verdict).thenComparing(Scan.Candidate::address));
        candidates.addAll(survey.found().leftAlone());
        wanted.problems()
                .forEach(line ->
                        candidates.add(new Scan.Candidate("?", OptionalLong.empty(), Verdict.LEFT_ALONE, line)));
        List<Found> ordered = engines.values().stream()
                .sorted(Comparator.comparing(Found::id))
                .toList();
        return new Discovered(ordered, scan(scene, askedIds, candidates), complete);
    }

    private Optional<Found> engine(Place place, Knowledge known) {
        Optional<Outcome.Claim> claim = known.claim();
        if (claim.isPresent()) {
            return Optional.of(claimed(place, known.outcome().orElseThrow(), claim.get()));
        }
        Endpoint endpoint = place.spot().endpoint();
        if (!place.spot().listening()) {
            return Optional.of(unclaimed(place, endpoint, State.LOADING));
        }
        boolean hadClaim = known.outcome().flatMap(Outcome::claim).isPresent();
        boolean unanswered = known.outcome().map(outcome -> !outcome.answered()).orElse(false);
        if (known.underWay() && (place.hinted() || hadClaim) && !unanswered) {
            return Optional.of(unclaimed(place, endpoint, State.IDENTIFYING));
        }
        if (unanswered && (place.hinted() || place.why().configured())) {
            return Optional.of(unclaimed(place, endpoint, silence(place)));
        }
        return Optional.empty();
    }

    private Found claimed(Place place, Outcome outcome, Outcome.Claim claim) {
        State state = claim.match().state();
        if (!place.spot().listening()) {
            state = State.UNREACHABLE;
        } else if (!outcome.answered()) {
            state = silence(place);
        }
        List<Evidence> evidence = new ArrayList<>(claim.match().evidence());
        place.why().evidence().stream().filter(more -> !evidence.contains(more)).forEach(evidence::add);
        return new Found(
                claim.adapter().kind(),
                claim.title(),
                candidate(place, outcome.endpoint()),
                claim.match(),
                state,
                processes(place, outcome.endpoint()),
                evidence,
                new Access(place.who().members(), mayHaveKey(place, claim)));
    }

    /** One that is known by its process, or by the user's word, alone. */
    private Found unclaimed(Place place, Endpoint endpoint, State state) {
        String kind = place.why().hints().stream().findFirst().orElse("");
        String title = place.why().title().isEmpty() ? "unknown" : place.why().title();
        Match.Builder match =
                Match.of(place.hinted() ? Strength.HINTED : Strength.NONE).state(state);
        boolean named = place.hinted() && state != State.IDENTIFYING && !kind.equals(Candidate.HOLDS_GPU);
        return new Found(
                named ? kind : "",
                title,
                candidate(place, endpoint),
                match.build(),
                state,
                processes(place, endpoint),
                place.why().evidence(),
                new Access(place.who().members(), place.why().configured()));
    }

    /** A key is for one that a distinctive answer, its own process, or the user names. */
    private static boolean mayHaveKey(Place place, Outcome.Claim claim) {
        boolean byProcess = claim.strength() == Strength.HINTED
                && place.why().hints().contains(claim.adapter().kind())
                && place.who().main().isPresent();
        return claim.strength().compareTo(Strength.DISTINCTIVE) >= 0
                || byProcess
                || place.why().configured();
    }

    private Candidate candidate(Place place, Endpoint endpoint) {
        return Interview.candidate(place, endpoint, launches);
    }

    private static Processes processes(Place place, Endpoint endpoint) {
        List<String> alsoAt = place.spot().alsoAt().stream()
                .filter(address -> !address.equals(endpoint.id()))
                .toList();
        return new Processes(place.who().main(), place.who().tree(), alsoAt);
    }

    private State silence(Place place) {
        return place.who()
                .main()
                .map(process -> table.detail(process).started())
                .filter(started -> started.plus(YOUNG).isAfter(clock.instant()))
                .map(young -> State.LOADING)
                .orElse(State.UNREACHABLE);
    }

    private static Scan.Candidate candidate(Place place, Knowledge known, Optional<Found> found) {
        OptionalLong pid = place.who()
                .main()
                .map(process -> OptionalLong.of(process.pid()))
                .orElse(OptionalLong.empty());
        String address = found.map(Found::id).orElse(place.id());
        if (known.outcome().isPresent() && (found.isEmpty() || known.claim().isPresent())) {
            Outcome outcome = known.outcome().get();
            return new Scan.Candidate(address, pid, outcome.verdict(), outcome.why());
        }
        if (!place.spot().listening()) {
            return new Scan.Candidate(address, pid, Verdict.ENGINE, "its process names it; it does not listen yet");
        }
        return known.underWay() || known.outcome().isEmpty()
                ? new Scan.Candidate(address, pid, Verdict.ASKING, "being asked")
                : new Scan.Candidate(
                        address,
                        pid,
                        known.outcome().get().verdict(),
                        known.outcome().get().why());
    }

    private static Scan scan(Scene scene, Set<String> askedIds, List<Scan.Candidate> candidates) {
        int found = scene.processes().listeners().size();
        int asked = (int) scene.processes().listeners().stream()
                .filter(listener -> listener.namespace() == 0)
                .filter(listener ->
                        askedIds.contains(Endpoint.tcp(NamedAddress.canonical(listener.host()), listener.port())
                                        .id())
                                || listener.host().equals("::")
                                        && askedIds.contains(Endpoint.tcp("::1", listener.port())
                                                .id()))
                .count();
        return new Scan(
                new Scan.Processes(
                        scene.processes().processes().size(), scene.processes().unreadable()),
                new Scan.Listeners(found, asked, found - asked),
                scene.processes().namespaces(),
                candidates);
    }
}
