// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.model.Evidence;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Member;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A place where an engine may be: one address, one process tree, and what points at it. */
record Place(Spot spot, Who who, Why why) {
    /** Harmless to most engines, a generation or a drain to some (TGI, SGLang, LiteLLM, TensorRT-LLM): for known ones only. */
    private static final Set<String> NEVER_OF_STRANGERS = Set.of("/", "/health", "/ping", "/metrics", "/slots");

    /** What points at a place, the surest first. */
    enum Signal {
        /** A command line names an engine. */
        HINTED,
        /** The user named the address or the port. */
        CONFIGURED,
        /** An adapter's usual port. */
        ADAPTER_PORT,
        /** A usual port of engines. */
        USUAL_PORT,
        /** Its process holds GPU memory. */
        GPU
    }

    /**
     * Where.
     *
     * @param endpoint canonical
     * @param further endpoints to try where this one does not answer
     * @param alsoAt further addresses of the same listener
     * @param listening whether something listens there
     */
    record Spot(Endpoint endpoint, List<Endpoint> further, List<String> alsoAt, boolean listening) {
        Spot {
            further = List.copyOf(further);
            alsoAt = List.copyOf(alsoAt);
        }

        List<Endpoint> endpoints() {
            List<Endpoint> all = new ArrayList<>(List.of(endpoint));
            all.addAll(further);
            return all;
        }
    }

    /**
     * Whose.
     *
     * @param main the engine's own process
     * @param tree all of its processes
     * @param ancestors of the main process, nearest first
     * @param members listening processes of the tree beside the place itself
     * @param anchor what stays the same as long as it is the same engine: its process and that one's start, or its socket
     */
    record Who(
            Optional<ProcessEntry> main,
            Set<Long> tree,
            List<ProcessEntry> ancestors,
            List<Member> members,
            String anchor) {
        static final Who UNKNOWN = new Who(Optional.empty(), Set.of(), List.of(), List.of(), "configured");

        Who {
            tree = Set.copyOf(tree);
            ancestors = List.copyOf(ancestors);
            members = List.copyOf(members);
        }
    }

    /**
     * Why it is looked at.
     *
     * @param hints kinds that the command line names, in order of trust
     * @param title of the first of them
     * @param known what is known of its program without any adapter
     * @param configured whether the user named this very address
     */
    record Why(
            Signal signal,
            Set<String> hints,
            String title,
            Optional<KnownProgram> known,
            boolean configured,
            List<Evidence> evidence) {
        Why {
            hints = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(hints));
            evidence = List.copyOf(evidence);
        }
    }

    String id() {
        return spot.endpoint().id();
    }

    /** The same engine has the same key from scan to scan; another process at the same address has another. */
    String key() {
        return id() + "|" + who.anchor();
    }

    boolean hinted() {
        return why.signal() == Signal.HINTED;
    }

    /** Whether its command line names the engine of this adapter. */
    boolean hints(AdapterDescriptor adapter) {
        return hinted() && why.hints().contains(adapter.kind());
    }

    boolean forbids(String path) {
        return why.known().map(known -> known.forbids(path)).orElse(false);
    }

    /** A process that names itself need not describe itself: the description only tells llama-cpp-python from others. */
    boolean forbidsAtFirst(String path) {
        return forbids(path)
                || path.equals(FirstContact.OPEN_API) && why.known().isPresent();
    }

    /**
     * The paths that an adapter may ask here: its engine's own adapter knows what it does, others keep off what is forbidden; and
     * what generates in some engine or other is for processes that name this one.
     */
    Set<String> openTo(AdapterDescriptor adapter) {
        boolean itsOwn =
                why.known().map(known -> known.kind().equals(adapter.kind())).orElse(false);
        Set<String> open = new LinkedHashSet<>(adapter.paths());
        open.removeIf(path -> !itsOwn && forbids(path) || !hints(adapter) && NEVER_OF_STRANGERS.contains(path));
        return open;
    }

    /** The same place, which is another one as soon as it is held by something else. */
    Place heldBy(String more) {
        return more.isEmpty()
                ? this
                : new Place(
                        spot,
                        new Who(who.main(), who.tree(), who.ancestors(), who.members(), who.anchor() + more),
                        why);
    }

    /** The same place, named by the user: the consent to send it a key. */
    Place named() {
        List<Evidence> more = new ArrayList<>(why.evidence());
        more.add(Evidence.supporting("configured", "the user named this address"));
        return new Place(spot, who, new Why(why.signal(), why.hints(), why.title(), why.known(), true, more));
    }
}
