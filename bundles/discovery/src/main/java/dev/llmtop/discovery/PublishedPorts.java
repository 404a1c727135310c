// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.ProcessTable;
import dev.llmtop.agent.ProcessTable.NetworkNamespace;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.Publication;
import dev.llmtop.agent.ProcessTable.PublishedPort;
import dev.llmtop.discovery.SocketOwnership.OwnedListener;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Launch;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which listeners of ours lead to a port inside a container: by the command lines of those that forward, and by what the container's
 * runtime told, which knows also what forwards without a process (docker with {@code userland-proxy=false}).
 */
final class PublishedPorts {
    /** {@code [ADDRESS/]FIRST[-LAST][:FIRST[-LAST]]}: passt's --tcp-ports, as podman writes it. */
    private static final Pattern PASTA = Pattern.compile(
            "(?:([0-9A-Fa-f.:]+)(?:%[^/]*)?/)?(\\d{1,5})(?:-(\\d{1,5}))?(?::(\\d{1,5})(?:-\\d{1,5})?)?");

    private final ProcessTable table;

    PublishedPorts(ProcessTable table) {
        this.table = table;
    }

    /**
     * What is published.
     *
     * @param listeners of ours that forward
     * @param told further addresses that the runtime told, where nothing of ours is seen to listen
     * @param rootless whether the container's own address leads nowhere: it belongs to a user's network, or copies one of ours
     */
    record Published(Set<OwnedListener> listeners, Set<Endpoint> told, boolean rootless) {
        /** Ports outside, ascending. */
        Set<Integer> ports() {
            Set<Integer> ports = new TreeSet<>();
            listeners.forEach(owned -> ports.add(owned.listener().port()));
            told.forEach(endpoint -> ports.add(endpoint.port()));
            return ports;
        }
    }

    /** Those that lead to {@code port} inside the {@code container} of a process. */
    Published of(Survey survey, ProcessEntry main, NetworkNamespace container, int port) {
        Set<OwnedListener> listeners = new LinkedHashSet<>();
        Set<Endpoint> told = new LinkedHashSet<>();
        boolean rootless = false;
        Optional<Publication> publication = table.publicationOf(main);
        if (publication.isPresent()) {
            rootless = publication.get().rootless();
            for (PublishedPort published : publication.get().ports()) {
                if (published.inside() == port) {
                    List<OwnedListener> its = at(survey, Optional.of(published.host()), published.port());
                    listeners.addAll(its);
                    if (its.isEmpty()) {
                        told.add(Endpoint.tcp(NamedAddress.canonical(published.host()), published.port()));
                    }
                }
            }
        }
        List<OwnedListener> ofPasta = new ArrayList<>();
        int pastas = 0;
        for (ProcessEntry process : survey.view().processes()) {
            CommandLine command = CommandLine.of(process.argv());
            switch (program(command, process)) {
                case "docker-proxy" -> listeners.addAll(ofDocker(survey, Launches.briefly(process), container, port));
                case "rootlessport" -> {
                    if (leadsInto(survey, process, container)) {
                        rootless = true;
                        listeners.addAll(ofRootlessPort(survey, process, port));
                    }
                }
                case "pasta", "pasta.avx2", "passt" -> {
                    List<OwnedListener> found = ofPasta(survey, command.arguments(), port);
                    pastas += found.isEmpty() ? 0 : 1;
                    ofPasta.addAll(found);
                }
                default -> {}
            }
        }
        // A pasta shows nobody which namespace it serves: only one that is alone with this port is taken for it.
        if (listeners.isEmpty() && pastas == 1) {
            rootless = true;
            listeners.addAll(ofPasta);
        }
        listeners.forEach(owned -> told.remove(Endpoint.tcp(
                NamedAddress.canonical(owned.listener().host()),
                owned.listener().port())));
        return new Published(listeners, told, rootless);
    }

    private static String program(CommandLine command, ProcessEntry process) {
        return process.comm().equals("docker-proxy") ? "docker-proxy" : command.program();
    }

    private static List<OwnedListener> ofDocker(Survey survey, Launch proxy, NetworkNamespace container, int port) {
        boolean its = proxy.option("-container-ip")
                        .map(NamedAddress::canonical)
                        .filter(container.addresses()::contains)
                        .isPresent()
                && proxy.port("-container-port").equals(OptionalInt.of(port))
                && proxy.option("-proto").orElse("tcp").equals("tcp");
        OptionalInt outside = proxy.port("-host-port");
        if (!its || outside.isEmpty()) {
            return List.of();
        }
        return at(survey, proxy.option("-host-ip"), outside.getAsInt());
    }

    /** Its child lives in the container's namespace; where it forwards to stands nowhere, but a port mostly keeps its number. */
    private boolean leadsInto(Survey survey, ProcessEntry forwarder, NetworkNamespace container) {
        return survey.view().processes().stream()
                .filter(child -> child.parent() == forwarder.pid())
                .flatMap(child -> table.namespaceOf(child).stream())
                .anyMatch(namespace -> namespace.number() == container.number());
    }

    private static List<OwnedListener> ofRootlessPort(Survey survey, ProcessEntry forwarder, int port) {
        List<OwnedListener> its = survey.listeners().stream()
                .filter(owned -> owned.owners().contains(forwarder.pid()))
                .toList();
        List<OwnedListener> same =
                its.stream().filter(owned -> owned.listener().port() == port).toList();
        long ports =
                its.stream().map(owned -> owned.listener().port()).distinct().count();
        return same.isEmpty() && ports == 1 ? its : same;
    }

    private static List<OwnedListener> ofPasta(Survey survey, List<String> arguments, int port) {
        List<OwnedListener> found = new ArrayList<>();
        for (int at = 0; at + 1 < arguments.size(); at++) {
            if (arguments.get(at).equals("-t") || arguments.get(at).equals("--tcp-ports")) {
                for (String range : arguments.get(at + 1).split(",")) {
                    Matcher fits = PASTA.matcher(range);
                    OptionalInt outside = fits.matches() ? outside(fits, port) : OptionalInt.empty();
                    if (outside.isPresent()) {
                        found.addAll(at(survey, Optional.ofNullable(fits.group(1)), outside.getAsInt()));
                    }
                }
            }
        }
        return found;
    }

    /** The port outside that a range of ports maps to {@code inside}. */
    private static OptionalInt outside(Matcher range, int inside) {
        int first = Integer.parseInt(range.group(2));
        int last = range.group(3) == null ? first : Integer.parseInt(range.group(3));
        int firstInside = range.group(4) == null ? first : Integer.parseInt(range.group(4));
        int outside = first + inside - firstInside;
        return outside >= first && outside <= last ? OptionalInt.of(outside) : OptionalInt.empty();
    }

    private static List<OwnedListener> at(Survey survey, Optional<String> host, int port) {
        String canonical = NamedAddress.canonical(host.orElse(""));
        return ServingListeners.onPort(survey.listeners(), port).stream()
                .filter(owned -> NamedAddress.canonical(owned.listener().host()).equals(canonical))
                .toList();
    }
}
