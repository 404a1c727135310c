// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * The bundles that a user installed in the running program, or put into the folder. The framework's cache goes with the next upgrade, so
 * each is copied to the folder as soon as it is installed, and put back at the next start; what changes in the folder is followed while
 * the program runs. Synchronous, so that a copy is made before the command that installed the bundle has answered.
 */
final class UserBundles implements SynchronousBundleListener {
    private final KeptBundles kept;
    private final Path storage;
    private final Messages messages;
    private final BundleContext context;

    /** Locations of files whose bundle this changes right now: the file is the truth and needs no copy. */
    private final Set<String> following = ConcurrentHashMap.newKeySet();

    /** Under which location the framework knows a file; needed when that file has gone, and its note with it. */
    private final Map<Path, String> known = new ConcurrentHashMap<>();

    /** What was said last of a file or a bundle: it is not said again while it stays so. Guarded by this. */
    private final Map<String, String> said = new HashMap<>();

    /** Keeps copies of what is installed in the framework of {@code context}, taken from its {@code storage}. */
    UserBundles(KeptBundles kept, Path storage, BundleContext context, Messages messages) {
        this.kept = kept;
        this.storage = storage;
        this.context = context;
        this.messages = messages;
    }

    /**
     * Makes the framework hold exactly the kept bundles beside the distribution's, and returns those to start. One
     * that cannot be installed is named and stays in the folder.
     */
    synchronized List<Bundle> restore() {
        kept.sweep();
        Set<String> locations = new HashSet<>();
        kept.all().forEach(file -> locations.add(file.location()));
        for (Bundle bundle : context.getBundles()) {
            if (isUsers(bundle) && !locations.contains(bundle.getLocation())) {
                uninstall(bundle);
            }
        }
        List<Bundle> toStart = new ArrayList<>();
        for (UserBundle file : kept.all()) {
            Optional<Bundle> bundle = put(file).filter(there -> file.started());
            bundle.ifPresent(toStart::add);
        }
        return toStart;
    }

    /** A file of this name came into the folder, changed, or went. */
    synchronized void follow(String name) {
        try {
            Path jar = kept.file(name);
            boolean changed = Files.isRegularFile(jar) ? came(UserBundle.of(jar)) : went(jar);
            if (changed) {
                Container.refresh(context);
                startWaiting();
            }
        } catch (IOException e) {
            once(kept.file(name).toString(), kept.file(name) + " is left out: " + Trouble.of(e));
        } catch (IllegalStateException e) {
            // The framework is going down, or somebody uninstalled the bundle meanwhile.
        }
    }

    private boolean came(UserBundle file) {
        Bundle before = context.getBundle(file.location());
        long modified = before == null ? -1 : before.getLastModified();
        Optional<Bundle> bundle = put(file);
        return bundle.isPresent() && (before == null || modified != before.getLastModified());
    }

    private boolean went(Path jar) throws IOException {
        UserBundle gone = UserBundle.of(jar);
        String location = Optional.ofNullable(known.remove(jar)).orElse(gone.location());
        said.remove(jar.toString());
        Bundle bundle = context.getBundle(location);
        boolean moved = kept.at(location).isPresent();
        if (!moved && bundle != null && isUsers(bundle)) {
            uninstall(bundle);
        }
        gone.forgetNote();
        if (!moved) {
            // Another file may have been left out because of this one.
            kept.all().stream()
                    .filter(other -> context.getBundle(other.location()) == null)
                    .forEach(this::put);
        }
        return true;
    }

    /** Has the framework hold what this file holds; empty, and said why, where it cannot. */
    private Optional<Bundle> put(UserBundle file) {
        following.add(file.location());
        try {
            Bundle bundle = install(file);
            known.put(file.jar(), file.location());
            said.remove(file.jar().toString());
            return Optional.of(bundle);
        } catch (BundleException | IOException e) {
            Bundle present = context.getBundle(file.location());
            if (e instanceof BundleException problem && present != null) {
                once(file.location(), Trouble.of(present, problem));
            } else {
                once(file.jar().toString(), file.jar() + " is not installed: " + Trouble.of(e));
            }
            return Optional.empty();
        } finally {
            following.remove(file.location());
        }
    }

    private Bundle install(UserBundle file) throws BundleException, IOException {
        Bundle present = context.getBundle(file.location());
        Optional<Path> held = present == null ? Optional.empty() : BundleFile.of(storage, present);
        if (present != null && held.isPresent() && Files.mismatch(held.get(), file.jar()) == -1) {
            return present;
        }
        BundleFacts facts = BundleFacts.of(file.jar());
        Optional<Bundle> twin = Arrays.stream(context.getBundles())
                .filter(other -> Trouble.name(other).equals(facts.name()) && !other.equals(present))
                .findFirst();
        if (twin.isPresent()) {
            throw new IOException(facts.name() + " is already there, from "
                    + (isUsers(twin.get()) ? kept.origin(twin.get().getLocation()) : "llmtop itself"));
        }
        try (InputStream in = Files.newInputStream(file.jar())) {
            if (present == null) {
                return context.installBundle(file.location(), in);
            }
            present.update(in);
            return present;
        }
    }

    /** Starts those whose turn may have come, since what they lacked may be there now. */
    private void startWaiting() {
        for (UserBundle file : kept.all()) {
            Bundle bundle = context.getBundle(file.location());
            if (bundle != null && file.started() && (bundle.getState() & (Bundle.INSTALLED | Bundle.RESOLVED)) != 0) {
                start(bundle);
            }
        }
    }

    /** Starts a bundle as the user's own command would; says why where it cannot. */
    synchronized void start(Bundle bundle) {
        try {
            Container.start(bundle, 0);
            said.remove(bundle.getLocation());
        } catch (BundleException e) {
            once(bundle.getLocation(), Trouble.of(bundle, e));
        } catch (IllegalStateException e) {
            // Uninstalled meanwhile, or the framework is going down.
        }
    }

    private void once(String about, String line) {
        if (!line.equals(said.put(about, line))) {
            messages.say(line);
        }
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (!isUsers(bundle)) {
            return;
        }
        try {
            switch (event.getType()) {
                case BundleEvent.INSTALLED, BundleEvent.UPDATED -> keep(bundle);
                case BundleEvent.STARTED, BundleEvent.STOPPED -> note(bundle);
                case BundleEvent.UNINSTALLED -> kept.forget(bundle.getLocation(), null);
                default -> {}
            }
        } catch (IOException e) {
            messages.say("bundle " + Trouble.name(bundle) + " will not survive this run: " + Trouble.of(e));
        }
    }

    private void keep(Bundle bundle) throws IOException {
        String location = bundle.getLocation();
        if (following.contains(location)) {
            return;
        }
        Path source = BundleFile.of(storage, bundle).orElseThrow(() -> new IOException("its jar was not found"));
        Path jar = kept.fileOf(bundle);
        known.put(jar, location);
        UserBundle copy = new UserBundle(jar, location, isStarted(bundle));
        if (Files.isRegularFile(jar) && Files.mismatch(source, jar) == -1) {
            copy.saveNote();
        } else {
            copy.save(source);
        }
        kept.forget(location, jar);
    }

    private void note(Bundle bundle) throws IOException {
        Optional<UserBundle> file = kept.at(bundle.getLocation());
        if (file.isPresent() && file.get().started() != isStarted(bundle)) {
            new UserBundle(file.get().jar(), bundle.getLocation(), isStarted(bundle)).saveNote();
        }
    }

    /** The framework's own stop is transient: it leaves this as the user set it. */
    private static boolean isStarted(Bundle bundle) {
        return bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
    }

    private static boolean isUsers(Bundle bundle) {
        return bundle.getBundleId() != 0 && !bundle.getLocation().startsWith(Distribution.LOCATION);
    }

    private void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            messages.say("bundle " + Trouble.name(bundle) + " cannot be removed: " + Trouble.of(e));
        }
    }
}
