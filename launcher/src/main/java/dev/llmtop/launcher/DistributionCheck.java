// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A step of the build: makes the distribution's list and proves that its bundles, in the very framework they will run
 * in, find all they require. Services count too: bnd writes what a component needs and offers into the manifest, and
 * the framework itself never looks at it.
 */
public final class DistributionCheck {
    private static final String SERVICE = "osgi.service";

    private DistributionCheck() {}

    /** Takes the distribution's folder; exits with 1 and a line for each requirement that has no provider. */
    public static void main(String[] arguments) throws IOException, BundleException {
        Path home = Path.of(arguments[0]);
        DistributionList.write(home.resolve("bundles"));
        List<String> missing = new ArrayList<>(check(Distribution.at(home), new Messages(System.err)));
        missing.addAll(missingLibraries(home));
        PrintStream out = System.err;
        missing.forEach(line -> out.println("the distribution does not resolve: " + line));
        System.exit(missing.isEmpty() ? 0 : 1);
    }

    /** JNA falls back silently where its library is missing, and fails where HOME may not hold programs: so it must be here. */
    private static List<String> missingLibraries(Path home) {
        List<String> missing = new ArrayList<>();
        for (String machine : List.of("linux-x86-64", "linux-aarch64", "darwin-x86-64", "darwin-aarch64")) {
            String name = machine.startsWith("linux") ? "libjnidispatch.so" : "libjnidispatch.jnilib";
            Path file = home.resolve("lib/native").resolve(machine).resolve(name);
            if (!Files.isRegularFile(file)) {
                missing.add("there is no " + file);
            }
        }
        return missing;
    }

    /** A line for each requirement without a provider and each bundle that does not resolve. */
    static List<String> check(Distribution distribution, Messages messages) throws IOException, BundleException {
        Path storage = Files.createTempDirectory("llmtop-check-");
        Container container = Container.create(storage, false, Map.of(), messages);
        try {
            List<Bundle> bundles = new ArrayList<>(container.install(distribution));
            Bundle system = container.context().getBundle();
            system.adapt(FrameworkWiring.class).resolveBundles(bundles);
            List<String> lines = new ArrayList<>();
            List<BundleCapability> offered = offered(bundles, system);
            for (Bundle bundle : bundles) {
                int before = lines.size();
                for (BundleRequirement requirement : revision(bundle).getDeclaredRequirements(null)) {
                    if (isMandatory(requirement) && offered.stream().noneMatch(each -> satisfies(each, requirement))) {
                        lines.add(Trouble.name(bundle) + " requires " + requirement.getNamespace() + " "
                                + requirement.getDirectives().get("filter"));
                    }
                }
                if (lines.size() == before && bundle.getState() == Bundle.INSTALLED) {
                    lines.add(Trouble.name(bundle) + " does not resolve with the others");
                }
            }
            return lines;
        } finally {
            container.stop(Duration.ofSeconds(10));
            Folder.delete(storage);
        }
    }

    private static List<BundleCapability> offered(List<Bundle> bundles, Bundle system) {
        List<BundleCapability> offered = new ArrayList<>(revision(system).getDeclaredCapabilities(null));
        bundles.forEach(bundle -> offered.addAll(revision(bundle).getDeclaredCapabilities(null)));
        return offered;
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        boolean optional = "optional".equals(requirement.getDirectives().get("resolution"));
        boolean dynamic = "dynamic".equals(requirement.getDirectives().get("resolution"));
        // Other requirements for later than resolving are hints to installers.
        String effective = requirement.getDirectives().getOrDefault("effective", "resolve");
        return !optional
                && !dynamic
                && (effective.equals("resolve") || requirement.getNamespace().equals(SERVICE));
    }

    private static boolean satisfies(BundleCapability capability, BundleRequirement requirement) {
        String filter = requirement.getDirectives().get("filter");
        try {
            return capability.getNamespace().equals(requirement.getNamespace())
                    && (filter == null || FrameworkUtil.createFilter(filter).matches(capability.getAttributes()));
        } catch (InvalidSyntaxException e) {
            return false;
        }
    }

    private static BundleRevision revision(Bundle bundle) {
        return bundle.adapt(BundleRevision.class);
    }
}
