// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.felix.cm.PersistenceManager;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** The framework with the distribution's bundles and the user's. */
final class Container {
    private final Framework framework;
    private final Messages messages;

    private Container(Framework framework, Messages messages) {
        this.framework = framework;
        this.messages = messages;
    }

    /** A framework that is initialised but runs nothing yet. */
    static Container create(Path storage, boolean debug, Messages messages) throws IOException, BundleException {
        Framework framework = new FrameworkFactory().newFramework(FrameworkSettings.of(storage, debug));
        framework.init();
        return new Container(framework, messages);
    }

    /** Offers the bundles what only the launcher has: the merged configurations and the way out. */
    void offer(Map<String, Map<String, Object>> configurations, ExitRequest exit) {
        context()
                .registerService(
                        PersistenceManager.class,
                        new MemoryConfigurations(configurations),
                        property(PersistenceManager.PROPERTY_NAME, MemoryConfigurations.NAME));
        context().registerService(IntConsumer.class, exit, property(ExitRequest.PROPERTY, ExitRequest.VALUE));
    }

    /** Installs what the cache does not hold yet; the list is in the order of the start. */
    List<Bundle> install(Distribution distribution) throws BundleException, IOException {
        List<Bundle> installed = new ArrayList<>();
        for (Path jar : distribution.jars()) {
            String location = Distribution.LOCATION + jar.getFileName();
            Bundle bundle = context().getBundle(location);
            if (bundle == null) {
                try (InputStream in = Files.newInputStream(jar)) {
                    bundle = context().installBundle(location, in);
                }
            }
            installed.add(bundle);
        }
        return installed;
    }

    /** Starts the framework and the bundles; one that cannot start is named, and the others go on. */
    void start(List<Bundle> bundles) throws BundleException {
        framework.start();
        for (Bundle bundle : bundles) {
            start(bundle);
        }
    }

    /** Starts one bundle for this run only: the next start begins with the whole distribution again. */
    void start(Bundle bundle) {
        start(bundle, Bundle.START_TRANSIENT);
    }

    /** Starts a user's bundle as the user's own command would. */
    void startForGood(Bundle bundle) {
        start(bundle, 0);
    }

    private void start(Bundle bundle, int options) {
        // A fragment has nothing to start.
        if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null) {
            return;
        }
        try {
            bundle.start(options);
        } catch (BundleException e) {
            messages.say(Trouble.of(bundle, e));
        } catch (IllegalStateException e) {
            // Uninstalled, or the framework is going down: not this bundle's fault.
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Stops everything, waiting no longer than {@code limit}. */
    void stop(Duration limit) {
        try {
            framework.stop();
            framework.waitForStop(limit.toMillis());
        } catch (BundleException e) {
            messages.say("the framework did not stop: " + Trouble.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("JdkObsolete") // the framework takes a Dictionary
    private static Dictionary<String, Object> property(String key, String value) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(key, value);
        return properties;
    }
}
