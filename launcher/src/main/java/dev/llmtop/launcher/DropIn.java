// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.File;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Lets File Install watch the user's folder. It tells which file came, changed or went, after that file has kept its size and time for
 * one interval; what this means for the framework is known to {@link UserBundles}, so that a bundle has one location whichever way it
 * came. Properties: felix.apache.org, Apache Felix File Install.
 */
final class DropIn implements InvocationHandler {
    /** Who watches. */
    static final String BUNDLE = "org.apache.felix.fileinstall";

    private static final String INSTALLER = "org.apache.felix.fileinstall.ArtifactInstaller";

    /** Two looks at a file without a change, and the time that it takes to start: within two seconds. */
    private static final String INTERVAL_MILLIS = "500";

    private final UserBundles bundles;

    private DropIn(UserBundles bundles) {
        this.bundles = bundles;
    }

    /** Properties of the framework that make it watch {@code folder} and keep what is temporary in {@code temporary}. */
    static Map<String, String> settings(Path folder, Path temporary) {
        return Map.ofEntries(
                Map.entry("felix.fileinstall.dir", folder.toString()),
                Map.entry("felix.fileinstall.tmpdir", temporary.toString()),
                Map.entry("felix.fileinstall.filter", "[^.].*\\.jar"),
                Map.entry("felix.fileinstall.poll", INTERVAL_MILLIS),
                Map.entry("felix.fileinstall.subdir.mode", "skip"),
                Map.entry("felix.fileinstall.disableNio2", "true"),
                Map.entry("felix.fileinstall.bundles.new.start", "false"),
                Map.entry("felix.fileinstall.enableConfigSave", "false"),
                // It would write to standard output.
                Map.entry("felix.fileinstall.log.level", "0"));
    }

    /** Whether it can watch this folder: it takes a comma for the end of a name, and what looks like a variable for one. */
    static boolean canWatch(Path folder) {
        return !folder.toString().contains(",") && !folder.toString().contains("${");
    }

    /**
     * Offers what File Install asks; before it starts, else its own rules would hold. Its interface is a bundle's class, which the
     * launcher, below all bundles, cannot be compiled against.
     */
    static void offer(BundleContext context, Bundle fileInstall, UserBundles bundles) throws ClassNotFoundException {
        Class<?> installer = fileInstall.loadClass(INSTALLER);
        Object service =
                Proxy.newProxyInstance(installer.getClassLoader(), new Class<?>[] {installer}, new DropIn(bundles));
        context.registerService(INSTALLER, service, null);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        switch (method.getName()) {
            case "canHandle":
                return true;
            case "install", "update", "uninstall":
                if (arguments != null && arguments[0] instanceof File file) {
                    bundles.follow(file.getName());
                }
                return null;
            case "equals":
                return arguments != null && proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "toString":
                return "the user's bundles";
            default:
                throw new UnsupportedOperationException(method.getName());
        }
    }
}
