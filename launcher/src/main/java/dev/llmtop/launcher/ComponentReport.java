// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Asks Declarative Services how the components are. By reflection: the service's types belong to a bundle, and the
 * launcher, which stands below all bundles, sees none of them.
 */
final class ComponentReport {
    private static final String SERVICE = "org.osgi.service.component.runtime.ServiceComponentRuntime";
    private static final int UNSATISFIED_CONFIGURATION = 1;
    private static final int UNSATISFIED_REFERENCE = 2;
    private static final int FAILED = 16;

    private final BundleContext context;

    ComponentReport(BundleContext context) {
        this.context = context;
    }

    /** Whether the component threw when activated, or no running bundle has it: waiting will not help. */
    boolean isHopeless(String component) {
        List<State> states = states(component);
        return states.isEmpty() || states.stream().anyMatch(state -> state.code() == FAILED);
    }

    /** Why the component does not run, on one line; empty if it does. */
    Optional<String> trouble(String component) {
        if (runtime() == null) {
            return Optional.of("Declarative Services did not start");
        }
        List<State> own = states(component);
        if (own.isEmpty()) {
            return Optional.of(component + " is not there: no running bundle has it");
        }
        if (own.stream().allMatch(State::works)) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        own.forEach(state -> lines.add(state.line()));
        for (State other : states(null)) {
            // A component without its configuration is another mode's, and waits for good reason.
            if (!other.works() && other.code() != UNSATISFIED_CONFIGURATION && !lines.contains(other.line())) {
                lines.add(other.line());
            }
        }
        return Optional.of(String.join("; ", lines));
    }

    private List<State> states(@Nullable String component) {
        Object runtime = runtime();
        List<State> states = new ArrayList<>();
        if (runtime == null) {
            return states;
        }
        try {
            Class<?> type = Class.forName(SERVICE, false, runtime.getClass().getClassLoader());
            Object none = Array.newInstance(Bundle.class, 0);
            Object all = type.getMethod("getComponentDescriptionDTOs", Bundle[].class)
                    .invoke(runtime, none);
            for (Object description : (Collection<?>) all) {
                String name = (String) field(description, "name");
                if (component == null || component.equals(name)) {
                    Object configurations = type.getMethod("getComponentConfigurationDTOs", description.getClass())
                            .invoke(runtime, description);
                    ((Collection<?>) configurations).forEach(found -> states.add(State.of(name, found)));
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return states;
    }

    private @Nullable Object runtime() {
        try {
            // "All": also one whose interface the launcher itself would load from elsewhere.
            ServiceReference<?>[] references = context.getAllServiceReferences(SERVICE, null);
            return references == null ? null : context.getService(references[0]);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e); // there is no filter
        }
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        return owner.getClass().getField(name).get(owner);
    }

    private record State(String name, int code, List<String> missing, String failure) {
        static State of(String name, Object configuration) {
            try {
                List<String> missing = new ArrayList<>();
                Object references = field(configuration, "unsatisfiedReferences");
                for (int i = 0; references != null && i < Array.getLength(references); i++) {
                    missing.add((String) field(Array.get(references, i), "name"));
                }
                Object failure = configuration.getClass().getField("failure").get(configuration);
                String text = failure == null ? "" : cause(failure.toString());
                return new State(name, (Integer) field(configuration, "state"), missing, text);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        boolean works() {
            return code != UNSATISFIED_CONFIGURATION && code != UNSATISFIED_REFERENCE && code != FAILED;
        }

        String line() {
            return switch (code) {
                case UNSATISFIED_CONFIGURATION -> name + " waits for its configuration";
                case UNSATISFIED_REFERENCE -> name + " waits for " + String.join(", ", missing);
                default -> name + " failed: " + failure;
            };
        }

        /** The innermost cause in a printed stack trace says most. */
        private static String cause(String trace) {
            String last = trace.lines().findFirst().orElse("");
            for (String line : trace.lines().toList()) {
                if (line.startsWith("Caused by: ")) {
                    last = line.substring("Caused by: ".length());
                }
            }
            return Printable.of(last);
        }
    }
}
