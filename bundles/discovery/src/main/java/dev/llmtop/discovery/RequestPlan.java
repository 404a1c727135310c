// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.agent.Explanation.Requests;
import dev.llmtop.spi.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** In words, what {@link Identification} does at a place: by the same rules, without a request. */
final class RequestPlan {
    private RequestPlan() {}

    /** What a place would get, in order. */
    static List<Requests> requests(Place place, List<AdapterDescriptor> adapters) {
        if (!place.spot().listening()) {
            return List.of();
        }
        List<Requests> plan = new ArrayList<>();
        for (String kind : place.why().hints()) {
            adapters.stream()
                    .filter(adapter -> place.hinted() && adapter.kind().equals(kind))
                    .forEach(adapter -> plan.addAll(itsOwn(place, adapter)));
        }
        String condition = plan.isEmpty()
                ? ""
                : "only if it answers and is not " + place.why().title() + ": ";
        Endpoint endpoint = place.spot().endpoint();
        plan.add(new Requests(
                condition + "the first contact, one after the other until an answer tells", firstContact(place)));
        adapters.stream()
                .filter(adapter -> !place.hints(adapter) && Identification.usualPortOf(adapter, endpoint))
                .filter(adapter -> !place.openTo(adapter).isEmpty())
                .forEach(adapter -> plan.add(new Requests(
                        "only if all of these are answered and none tells: " + endpoint.port() + " is a usual port of "
                                + adapter.title(),
                        List.copyOf(place.openTo(adapter)))));
        plan.add(new Requests("then only paths that the adapter declares whose engine its answers name", List.of()));
        return plan;
    }

    /** What a place would not get, whatever it answers. */
    static List<Requests> never(Place place, List<AdapterDescriptor> adapters) {
        List<Requests> never = new ArrayList<>();
        Optional<KnownProgram> known = place.why().known();
        if (known.isPresent() && !known.get().forbidden().isEmpty()) {
            Set<String> forbidden = new TreeSet<>(known.get().forbidden());
            adapters.stream()
                    .filter(adapter -> adapter.kind().equals(known.get().kind()))
                    .forEach(adapter -> forbidden.removeAll(adapter.paths()));
            if (!forbidden.isEmpty()) {
                never.add(new Requests(
                        "would run, load, wake, unload, cancel or write something in "
                                + known.get().title(),
                        List.copyOf(forbidden)));
            }
        }
        if (place.spot().listening() && !place.hinted()) {
            never.add(new Requests("unless its answers identify it", unproven(place, adapters)));
        }
        return never;
    }

    private static List<Requests> itsOwn(Place place, AdapterDescriptor adapter) {
        List<Requests> own = new ArrayList<>();
        own.add(new Requests("its command line names " + adapter.title(), List.copyOf(place.openTo(adapter))));
        if (!adapter.memberPaths().isEmpty() && !place.who().members().isEmpty()) {
            own.add(new Requests(
                    "at listening processes below it, where " + adapter.title() + " asks for it",
                    List.copyOf(adapter.memberPaths())));
        }
        return own;
    }

    private static List<String> firstContact(Place place) {
        List<String> paths = new ArrayList<>();
        Predicate<String> allowed = path -> !place.forbidsAtFirst(path);
        FirstContact.paths(place.spot().endpoint().port()).stream()
                .filter(allowed)
                .forEach(path -> {
                    if (path.equals(FirstContact.MODELS) && !paths.isEmpty() && allowed.test(FirstContact.OPEN_API)) {
                        paths.add(FirstContact.OPEN_API + " (behind uvicorn)");
                    }
                    paths.add(path);
                });
        return paths;
    }

    /** Declared by some adapter, but no part of a first contact. */
    private static List<String> unproven(Place place, List<AdapterDescriptor> adapters) {
        Set<String> paths = new LinkedHashSet<>();
        adapters.forEach(adapter -> paths.addAll(adapter.paths()));
        adapters.stream()
                .filter(adapter ->
                        Identification.usualPortOf(adapter, place.spot().endpoint()))
                .forEach(adapter -> paths.removeAll(place.openTo(adapter)));
        paths.removeAll(FirstContact.PATHS);
        paths.remove(FirstContact.OPEN_API);
        return List.copyOf(new TreeSet<>(paths));
    }
}
