// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** One run of the program, from the bundle cache to the exit code; {@link #end} may come from any thread. */
final class Session {
    /** SIGTERM must end the program within a second, and the cache has to be put away after this. */
    private static final Duration STOP_LIMIT = Duration.ofMillis(700);

    private static final int GRACE_SECONDS = 10;

    /** The bundle whose start begins the ticks. */
    private static final String TICKS = "dev.llmtop.monitor";

    /** Bundles of which one makes snapshots: it starts when all else is there. */
    private static final Set<String> SOURCES = Set.of(TICKS, Recorded.COMPONENT);

    /** What activates components, and what that needs. */
    private static final List<String> FOUNDATIONS =
            List.of("org.osgi.", "org.apache.felix.configadmin", "org.apache.felix.scr");

    private final Distribution distribution;
    private final Directories directories;
    private final Configurations configurations;
    private final Mode mode;
    private final Messages messages;
    private final ExitRequest exit = new ExitRequest();

    private @Nullable BundleCache cache;
    private @Nullable Container container;
    private boolean ended;

    Session(
            Distribution distribution,
            Directories directories,
            Configurations configurations,
            Mode mode,
            Messages messages) {
        this.distribution = distribution;
        this.directories = directories;
        this.configurations = configurations;
        this.mode = mode;
        this.messages = messages;
    }

    /** Runs the mode's component until it asks for the end; the exit code. */
    int run() throws IOException, BundleException, InterruptedException {
        BundleCache bundleCache = openCache();
        boolean debug = Boolean.TRUE.equals(configurations
                .byPid()
                .getOrDefault(Setting.DEBUG.pid(), Map.of())
                .get(Setting.DEBUG.key()));
        Installed there = install(bundleCache, debug);
        Container running = there.container();
        List<Bundle> bundles = there.bundles();
        bundleCache.complete();
        running.offer(configurations.byPid(), exit);
        Optional<UserBundles> users = keptFolder()
                .map(folder -> new UserBundles(
                        new KeptBundles(folder, messages), bundleCache.storage(), running.context(), messages));
        List<Bundle> installed = users.map(UserBundles::restore).orElse(List.of());
        users.ifPresent(running.context()::addBundleListener);
        boolean watched = users.isPresent() && watch(running, bundles, users.get());
        // The first tick finds every adapter and every source there, the user's too.
        Map<Boolean, List<Bundle>> lastly = bundles.stream()
                .filter(bundle -> mode.starts(bundle.getSymbolicName()) && isWanted(bundle.getSymbolicName()))
                .filter(bundle -> watched || !DropIn.BUNDLE.equals(bundle.getSymbolicName()))
                .collect(Collectors.partitioningBy(bundle -> SOURCES.contains(bundle.getSymbolicName())));
        if (mode == Mode.TUI) {
            messages.hold();
        }
        running.start(early(lastly.getOrDefault(false, List.of())));
        users.ifPresent(user -> installed.forEach(user::start));
        lastly.getOrDefault(true, List.of()).forEach(running::start);
        return await(running);
    }

    /**
     * A framework that holds the distribution.
     *
     * @param bundles in the order of the start
     */
    private record Installed(Container container, List<Bundle> bundles) {}

    private Installed install(BundleCache bundleCache, boolean debug) throws IOException, BundleException {
        try {
            Container created = create(bundleCache, debug);
            return new Installed(created, created.install(distribution));
        } catch (BundleException | RuntimeException e) {
            if (isEnding()) {
                throw e;
            }
            // A cache that a crash or a full disk left unusable must not cost more than one slow start.
            discard();
            bundleCache.reset();
            Container created = create(bundleCache, debug);
            return new Installed(created, created.install(distribution));
        }
    }

    /** Has the user's folder watched in a mode that lasts; false where it is not there and cannot be made. */
    private boolean watch(Container running, List<Bundle> bundles, UserBundles users) {
        Optional<Bundle> watcher = bundles.stream()
                .filter(bundle -> DropIn.BUNDLE.equals(bundle.getSymbolicName()))
                .filter(bundle -> mode.starts(DropIn.BUNDLE))
                .findFirst();
        Optional<Path> folder = keptFolder().filter(DropIn::canWatch);
        if (watcher.isEmpty() || folder.isEmpty()) {
            return false;
        }
        try {
            Folder.create(folder.get());
            DropIn.offer(running.context(), watcher.get(), users);
            return true;
        } catch (IOException | ClassNotFoundException e) {
            return false;
        }
    }

    /** Either this machine is watched or a recording is replayed. */
    private boolean isWanted(String symbolicName) {
        boolean replays = configurations.byPid().containsKey(Recorded.COMPONENT);
        return !symbolicName.equals(replays ? TICKS : Recorded.COMPONENT);
    }

    /** What the user waits to see comes right after what activates components; the rest starts behind its back. */
    private List<Bundle> early(List<Bundle> bundles) {
        List<Bundle> ordered = new ArrayList<>(bundles);
        ordered.sort(Comparator.comparingInt(bundle -> urgency(bundle.getSymbolicName())));
        return ordered;
    }

    private int urgency(String symbolicName) {
        if (!mode.startsAnythingEarly()) {
            return 0;
        }
        boolean foundation = FOUNDATIONS.stream().anyMatch(symbolicName::startsWith);
        return foundation ? 0 : mode.startsEarly(symbolicName) ? 1 : 2;
    }

    /** Stops the framework and gives the cache back, once; from then on nothing is said any more. */
    void end() {
        Container stopping;
        BundleCache closing;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            messages.silence();
            stopping = container;
            closing = cache;
        }
        if (stopping != null) {
            stopping.stop(STOP_LIMIT);
        }
        messages.release();
        try {
            if (closing != null) {
                closing.close();
            }
        } catch (IOException e) {
            // The process ends now, and its lock with it.
        }
    }

    private synchronized BundleCache openCache() throws IOException {
        if (ended) {
            throw new IOException("the program is ending");
        }
        BundleCache opened = BundleCache.open(directories.cache(), distribution.content());
        cache = opened;
        return opened;
    }

    private synchronized Container create(BundleCache from, boolean debug) throws IOException, BundleException {
        if (ended) {
            throw new IOException("the program is ending");
        }
        Map<String, String> watch = keptFolder()
                .map(folder -> DropIn.settings(folder, from.storage().resolveSibling("watch")))
                .orElse(Map.of());
        Container created = Container.create(from.storage(), debug, watch, messages);
        container = created;
        return created;
    }

    private synchronized boolean isEnding() {
        return ended;
    }

    private synchronized void discard() {
        if (container != null) {
            container.stop(STOP_LIMIT);
            container = null;
        }
    }

    private Optional<Path> keptFolder() {
        return directories.data().map(data -> data.resolve("bundles"));
    }

    private int await(Container running) throws InterruptedException {
        ComponentReport report = new ComponentReport(running.context());
        for (int second = 1; second <= GRACE_SECONDS; second++) {
            OptionalInt code = exit.await(Duration.ofSeconds(1));
            if (code.isPresent()) {
                return code.getAsInt();
            }
            if (second < GRACE_SECONDS && !report.isHopeless(mode.component())) {
                continue;
            }
            Optional<String> trouble = report.trouble(mode.component());
            if (trouble.isPresent()) {
                messages.say("cannot go on: " + trouble.get());
                return 1;
            }
        }
        return exit.await();
    }
}
