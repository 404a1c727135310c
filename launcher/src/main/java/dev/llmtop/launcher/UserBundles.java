// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * The bundles that a user installed in the running program. The framework's cache goes with the next upgrade, so each
 * is copied to a folder of the user's as soon as it is installed, and put back at the next start. Synchronous, so that
 * a copy is made before the command that installed the bundle has answered.
 */
final class UserBundles implements SynchronousBundleListener {
    private final Path folder;
    private final Path storage;
    private final Messages messages;

    /** Keeps copies in {@code folder}, taken from the framework's {@code storage}. */
    UserBundles(Path folder, Path storage, Messages messages) {
        this.folder = folder;
        this.storage = storage;
        this.messages = messages;
    }

    /**
     * Makes the framework hold exactly the kept bundles beside the distribution's, and returns those to start. One
     * that cannot be installed is named and stays in the folder.
     */
    List<Bundle> restore(BundleContext context) {
        Set<String> locations = new HashSet<>();
        List<Bundle> toStart = new ArrayList<>();
        for (UserBundle kept : kept()) {
            try {
                Bundle bundle = install(context, kept);
                locations.add(kept.location());
                if (kept.started()) {
                    toStart.add(bundle);
                }
            } catch (BundleException | IOException e) {
                messages.say(kept.jar() + " is not installed: " + reason(e));
            }
        }
        for (Bundle bundle : context.getBundles()) {
            if (isUsers(bundle) && !locations.contains(bundle.getLocation())) {
                uninstall(bundle);
            }
        }
        return toStart;
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
                case BundleEvent.UNINSTALLED -> forget(bundle.getLocation(), null);
                default -> {}
            }
        } catch (IOException e) {
            messages.say("bundle " + Trouble.name(bundle) + " will not survive this run: " + Trouble.of(e));
        }
    }

    private static String reason(Exception problem) {
        boolean twice =
                problem instanceof BundleException bundle && bundle.getType() == BundleException.DUPLICATE_BUNDLE_ERROR;
        return twice ? "the same bundle in the same version is already there" : Trouble.of(problem);
    }

    private Bundle install(BundleContext context, UserBundle kept) throws BundleException, IOException {
        Bundle present = context.getBundle(kept.location());
        Optional<Path> held = present == null ? Optional.empty() : BundleFile.of(storage, present);
        if (present != null && held.isPresent() && Files.mismatch(held.get(), kept.jar()) == -1) {
            return present;
        }
        try (InputStream in = Files.newInputStream(kept.jar())) {
            if (present == null) {
                return context.installBundle(kept.location(), in);
            }
            present.update(in);
            return present;
        }
    }

    private void keep(Bundle bundle) throws IOException {
        Path source = BundleFile.of(storage, bundle).orElseThrow(() -> new IOException("its jar was not found"));
        Path jar = folder.resolve(fileName(bundle));
        new UserBundle(jar, bundle.getLocation(), isStarted(bundle)).save(source);
        forget(bundle.getLocation(), jar);
    }

    private void note(Bundle bundle) throws IOException {
        for (UserBundle kept : kept()) {
            if (kept.location().equals(bundle.getLocation()) && kept.started() != isStarted(bundle)) {
                new UserBundle(kept.jar(), kept.location(), isStarted(bundle)).saveNote();
            }
        }
    }

    private void forget(String location, @Nullable Path except) throws IOException {
        for (UserBundle kept : kept()) {
            if (kept.location().equals(location) && !kept.jar().equals(except)) {
                kept.forget();
            }
        }
    }

    private List<UserBundle> kept() {
        List<UserBundle> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : jars) {
                add(jar, found);
            }
        } catch (IOException e) {
            messages.say(folder + " cannot be read: " + Trouble.of(e));
        }
        return found;
    }

    private void add(Path jar, List<UserBundle> found) {
        try {
            found.add(UserBundle.of(jar));
        } catch (IOException e) {
            messages.say(jar + " is left out: " + Trouble.of(e));
        }
    }

    /** The framework's own stop is transient: it leaves this as the user set it. */
    private static boolean isStarted(Bundle bundle) {
        return bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
    }

    private static boolean isUsers(Bundle bundle) {
        return bundle.getBundleId() != 0 && !bundle.getLocation().startsWith(Distribution.LOCATION);
    }

    private static String fileName(Bundle bundle) {
        String name = bundle.getSymbolicName() == null
                ? "bundle-" + Integer.toHexString(bundle.getLocation().hashCode())
                : bundle.getSymbolicName();
        return (name + "-" + bundle.getVersion()).replaceAll("[^A-Za-z0-9._-]", "_") + ".jar";
    }

    private void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            messages.say("bundle " + Trouble.name(bundle) + " cannot be removed: " + Trouble.of(e));
        }
    }
}
