// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import java.util.stream.Stream;
import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Understands {@code 42} and {@code org.example.adapter} where a command takes a bundle. Gogo's own prompt brings the same, but behind
 * the screen it does not run, and {@code update} and {@code uninstall} would be refused.
 */
@Component(
        name = "dev.llmtop.shell.bundles",
        service = Converter.class,
        property = Converter.CONVERTER_CLASSES + "=org.osgi.framework.Bundle")
public final class BundleNames implements Converter {
    private final BundleContext context;

    /** Of this framework. */
    @Activate
    public BundleNames(BundleContext context) {
        this.context = context;
    }

    /** The bundle of a number or a symbolic name; {@code null}, as Gogo has it, where there is none. */
    @Override
    public @Nullable Object convert(Class<?> desired, Object given) {
        if (desired != Bundle.class || !(given instanceof CharSequence || given instanceof Number)) {
            return null;
        }
        String text = given.toString();
        if (text.matches("[0-9]{1,18}")) {
            return context.getBundle(Long.parseLong(text));
        }
        return Stream.of(context.getBundles())
                .filter(bundle -> text.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElse(null);
    }

    /** Left to others. */
    @Override
    public @Nullable CharSequence format(Object target, int level, Converter escape) {
        return null;
    }
}
