// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.Probes;
import dev.llmtop.model.Verdict;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Strength;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One endpoint while it is asked who it is: what adapters said so far. Used by one thread. */
final class Interview {
    /** An adapter whose paths were opened takes what the first contact heard. */
    private static final Duration JUST_HEARD = Duration.ofSeconds(30);

    private final Place place;
    private final Probes probes;
    private final Duration deadline;
    private final Probes.Target target;
    private final Candidate candidate;
    private final WatchedProbe.Heard heard = new WatchedProbe.Heard();
    private final Map<String, Outcome.Claim> claims = new HashMap<>();
    private final Set<String> contacted = new HashSet<>();
    private boolean askedOpenly;

    Interview(Place place, Endpoint endpoint, Probes probes, Launches launches, Duration deadline) {
        this.place = place;
        this.probes = probes;
        this.deadline = deadline;
        candidate = candidate(place, endpoint, launches);
        List<String> arguments = place.who()
                .main()
                .map(process -> CommandLine.of(process.argv()).arguments())
                .orElse(List.of());
        target = new Probes.Target(endpoint, arguments, "", place.who().members());
    }

    /** What an adapter gets to see of a place. */
    static Candidate candidate(Place place, Endpoint endpoint, Launches launches) {
        return new Candidate(
                endpoint,
                place.spot().listening(),
                place.who().main().map(launches::of),
                place.who().ancestors().stream().map(Launches::briefly).toList(),
                place.why().hints());
    }

    Endpoint endpoint() {
        return target.endpoint();
    }

    WatchedProbe.Heard heard() {
        return heard;
    }

    /** One request of the first contact; what it answers is held for every adapter, and sent anew only when asked for twice. */
    Answer contact(String path) {
        Duration heldFor = contacted.add(path) ? Get.ONCE : Duration.ZERO;
        Probes.Permit permit = new Probes.Permit(Set.of(path), Set.of(path), Set.of(), heldFor, deadline, keyed());
        return probe(permit).get(Get.of(path).maxAge(heldFor));
    }

    /** Lets an adapter ask all of its paths but those that are forbidden here. */
    void openly(Adapters.Guarded adapter) {
        AdapterDescriptor descriptor = adapter.descriptor();
        Set<String> open = place.openTo(descriptor);
        boolean hinted = place.hints(descriptor);
        Set<String> members = hinted ? descriptor.memberPaths() : Set.of();
        Duration heldFor = hinted ? Duration.ZERO : JUST_HEARD;
        askedOpenly = true;
        offer(adapter, new Probes.Permit(descriptor.paths(), open, members, heldFor, deadline, keyed()));
    }

    /** Shows all adapters what is held, sending nothing; whether one recognizes it for sure. */
    boolean settledBy(List<Adapters.Guarded> adapters) {
        for (Adapters.Guarded adapter : adapters) {
            offer(
                    adapter,
                    new Probes.Permit(adapter.descriptor().paths(), Set.of(), Set.of(), Get.ONCE, deadline, false));
        }
        return sure();
    }

    /** Whether an answer told who it is. */
    boolean sure() {
        return best().map(claim -> claim.strength().compareTo(Strength.DISTINCTIVE) >= 0)
                .orElse(false);
    }

    boolean hasClaimOf(Adapters.Guarded adapter) {
        return claims.containsKey(adapter.descriptor().kind());
    }

    /** What an adapter said last. */
    Strength strengthOf(Adapters.Guarded adapter) {
        Outcome.@Nullable Claim claim = claims.get(adapter.descriptor().kind());
        return claim == null ? Strength.NONE : claim.strength();
    }

    /** Whether requests were sent and nothing answered. */
    boolean unanswered() {
        return askedOpenly && !heard.answered() && !heard.failure().isEmpty();
    }

    Optional<Outcome.Claim> best() {
        Outcome.@Nullable Claim best = null;
        for (Outcome.Claim claim : claims.values()) {
            best = best == null || claim.beats(best) ? claim : best;
        }
        return Optional.ofNullable(best);
    }

    Outcome outcome(String why) {
        Endpoint where = probes.tls(endpoint()) ? endpoint().withTls() : endpoint();
        Optional<Outcome.Claim> best = best();
        if (best.isPresent()) {
            boolean answered = heard.answered() || heard.failure().isEmpty();
            return new Outcome(Verdict.ENGINE, where, best, answered, reason(best.get()));
        }
        String reason = why.isEmpty() ? "no HTTP answer: " + heard.failure() : why;
        Verdict verdict = heard.answered() ? Verdict.NOT_AN_ENGINE : Verdict.SILENT;
        return new Outcome(verdict, where, best, heard.answered(), reason);
    }

    /** Naming the very address is the consent to send it the key once it asks for one; nobody else gets one here. */
    private boolean keyed() {
        return place.why().configured();
    }

    private void offer(Adapters.Guarded adapter, Probes.Permit permit) {
        Match match = adapter.detect(candidate, probe(permit)).known().orElse(Match.none());
        String kind = adapter.descriptor().kind();
        Outcome.Claim claim = new Outcome.Claim(adapter.descriptor(), match);
        if (match.strength() == Strength.NONE) {
            claims.remove(kind);
        } else {
            claims.put(kind, claim);
        }
    }

    private WatchedProbe probe(Probes.Permit permit) {
        return new WatchedProbe(probes.open(target, permit), heard);
    }

    private static String reason(Outcome.Claim claim) {
        return claim.match().evidence().isEmpty()
                ? "claimed by " + claim.adapter().title()
                : claim.match().evidence().get(0).says();
    }
}
