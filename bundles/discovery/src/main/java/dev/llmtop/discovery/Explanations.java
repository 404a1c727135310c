// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.Discovery.Scene;
import dev.llmtop.agent.Explanation;
import dev.llmtop.agent.Explanation.Considered;
import dev.llmtop.agent.Explanation.LeftAlone;
import dev.llmtop.agent.Probes;
import dev.llmtop.agent.ProcessTable.Listener;
import dev.llmtop.discovery.SocketOwnership.OwnedListener;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.spi.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Says of each address whether it would be asked, and why. */
final class Explanations {
    private static final String NO_SIGNAL =
            "neither a usual port of engines, nor a process that names an engine or holds GPU memory there; an engine that is"
                    + " built into another program shows itself to nobody: --port N has port N asked";
    private static final String OURSELVES = "llmtop's own";

    private final Wanted wanted;
    private final long ownPid;
    private final Probes probes;

    Explanations(Wanted wanted, long ownPid, Probes probes) {
        this.wanted = wanted;
        this.ownPid = ownPid;
        this.probes = probes;
    }

    Explanation of(Scene scene, Survey survey, Collection<Place> places) {
        List<Considered> candidates = new ArrayList<>();
        for (Place place : places) {
            candidates.add(considered(place, survey));
        }
        List<Problem> problems = new ArrayList<>(scene.processes().problems());
        if (scene.processes().unreadable() > 0) {
            problems.add(new Problem(
                    "processes", scene.processes().unreadable() + " command lines of other users could not be read"));
        }
        wanted.problems().forEach(line -> problems.add(new Problem("discovery", line)));
        return new Explanation(candidates, leftAlone(scene, survey, places), problems);
    }

    private Considered considered(Place place, Survey survey) {
        return new Considered(
                place.id(),
                place.spot().alsoAt(),
                place.who()
                        .main()
                        .map(process -> OptionalLong.of(process.pid()))
                        .orElse(OptionalLong.empty()),
                place.why().title(),
                place.why().evidence(),
                RequestPlan.requests(place, survey.adapters()),
                RequestPlan.never(place, survey.adapters()),
                KeyRule.of(place, probes));
    }

    private List<LeftAlone> leftAlone(Scene scene, Survey survey, Collection<Place> places) {
        Set<String> asked = new HashSet<>();
        for (Place place : places) {
            place.spot().endpoints().forEach(endpoint -> asked.add(endpoint.id()));
            asked.addAll(place.spot().alsoAt());
        }
        Map<String, String> reasons = new HashMap<>();
        for (Scan.Candidate candidate : survey.found().leftAlone()) {
            reasons.putIfAbsent(candidate.address(), candidate.why());
        }
        Set<Listener> ours = new HashSet<>();
        survey.listeners().stream()
                .filter(owned -> owned.owners().contains(ownPid))
                .map(OwnedListener::listener)
                .forEach(ours::add);
        Map<String, Set<String>> byReason = new TreeMap<>();
        reasons.forEach((address, why) ->
                byReason.computeIfAbsent(why, unseen -> new TreeSet<>()).add(address));
        for (Listener listener : scene.processes().listeners()) {
            String address = Endpoint.tcp(NamedAddress.canonical(listener.host()), listener.port())
                    .id();
            if (!asked.contains(address) && !reasons.containsKey(address)) {
                byReason.computeIfAbsent(ours.contains(listener) ? OURSELVES : NO_SIGNAL, unseen -> new TreeSet<>())
                        .add(address);
            }
        }
        List<LeftAlone> summed = new ArrayList<>();
        byReason.forEach((why, addresses) -> summed.add(new LeftAlone(why, List.copyOf(addresses))));
        summed.sort(Comparator.comparingInt(left -> -left.addresses().size()));
        return summed;
    }
}
