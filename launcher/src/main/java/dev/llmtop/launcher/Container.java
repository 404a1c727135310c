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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.apache.felix.cm.PersistenceManager;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;

/** The framework with the distribution's bundles and the user's. */
final class Container {
    private static final int REFRESH_SECONDS = 5;

    private final Framework framework;
    private final Messages messages;

    private Container(Framework framework, Messages messages) {
        this.framework = framework;
        this.messages = messages;
    }

    /** A framework that is initialised but runs nothing yet; {@code more} are properties for its bundles. */
    static Container create(Path storage, boolean debug, Map<String, String> more, Messages messages)
            throws IOException, BundleException {
        Map<String, String> settings = FrameworkSettings.of(storage, debug);
        settings.putAll(more);
        Framework framework = new FrameworkFactory().newFramework(settings);
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
        try {
            start(bundle, Bundle.START_TRANSIENT);
        } catch (BundleException e) {
            messages.say(Trouble.of(bundle, e));
        } catch (IllegalStateException e) {
            // Uninstalled, or the framework is going down: not this bundle's fault.
        }
    }

    /** Starts a bundle, unless it is a fragment, which has nothing to start. */
    static void start(Bundle bundle, int options) throws BundleException {
        if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
            bundle.start(options);
        }
    }

    /** Lets go of the old classes that others still use, and waits for it: nothing else may be done to those bundles meanwhile. */
    static void refresh(BundleContext context) {
        FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        if (wiring.getRemovalPendingBundles().isEmpty()) {
            return;
        }
        CountDownLatch refreshed = new CountDownLatch(1);
        wiring.refreshBundles(null, event -> refreshed.countDown());
        try {
            refreshed.await(REFRESH_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
