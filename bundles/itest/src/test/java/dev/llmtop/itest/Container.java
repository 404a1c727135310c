// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.workingDirectory;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ops4j.pax.exam.ExamSystem;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.options.UrlProvisionOption;
import org.ops4j.pax.exam.spi.PaxExamRuntime;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/** A framework with the bundles that ship, and only with them, as the launcher starts it. */
final class Container implements AutoCloseable {
    /** State of a component whose references are all there; higher ones are better. */
    private static final int SATISFIED = 4;

    private final ExamSystem system;
    private final TestContainer container;
    private final BundleContext context;

    private Container(ExamSystem system, TestContainer container, BundleContext context) {
        this.system = system;
        this.container = container;
        this.context = context;
    }

    static Container start(Path directory) throws IOException {
        List<Option> options = new ArrayList<>();
        for (Path jar : Distribution.bundles()) {
            UrlProvisionOption option = bundle(jar.toUri().toString());
            options.add(Distribution.header(jar, Constants.FRAGMENT_HOST).isEmpty() ? option : option.noStart());
        }
        options.add(workingDirectory(directory.toString()));
        options.add(frameworkProperty("gosh.args").value("--nointeractive --noshutdown"));
        options.add(frameworkProperty(Constants.FRAMEWORK_SYSTEMPACKAGES).value(systemPackages()));
        options.add(frameworkProperty(Constants.FRAMEWORK_BOOTDELEGATION).value("sun.misc"));
        options.add(frameworkProperty("felix.service.urlhandlers").value("false"));
        options.add(
                frameworkProperty("felix.cm.dir").value(directory.resolve("cm").toString()));
        // The launcher has its own installer; here only what watches is started.
        options.add(frameworkProperty("felix.fileinstall.dir")
                .value(directory.resolve("load").toString()));
        options.add(frameworkProperty("felix.fileinstall.tmpdir")
                .value(directory.resolve("watch").toString()));
        options.add(frameworkProperty("felix.fileinstall.filter").value(".*\\.jar"));
        options.add(frameworkProperty("felix.fileinstall.log.level").value("0"));
        // Not createTestSystem: that one wants a resolver of Maven artifacts.
        ExamSystem system = PaxExamRuntime.createServerSystem(options.toArray(new Option[0]));
        TestContainer container = PaxExamRuntime.createContainer(system);
        container.start();
        Framework framework = (Framework) Reflection.hidden(container, "framework");
        return new Container(system, container, framework.getBundleContext());
    }

    /** The packages of the JDK that the launcher's framework offers: no others exist for a bundle. */
    private static String systemPackages() throws IOException {
        try (JarFile jar = new JarFile(Distribution.launcherJar().toFile());
                InputStream in = jar.getInputStream(jar.getEntry("dev/llmtop/launcher/system-packages.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.joining(","));
        }
    }

    BundleContext context() {
        return context;
    }

    /** Bundles of the program, without the framework and what Pax Exam adds. */
    List<Bundle> bundles() {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getBundleId() != 0)
                .filter(bundle -> !String.valueOf(bundle.getSymbolicName()).startsWith("org.ops4j"))
                .toList();
    }

    /** The service of this name, whichever bundle's class of that name it has: the test's own is not the container's. */
    Object service(String name) {
        try {
            ServiceReference<?>[] references = context.getAllServiceReferences(name, null);
            if (references == null) {
                throw new IllegalStateException("no service " + name);
            }
            return context.getService(references[0]);
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A class as the bundle of the api has it. */
    Class<?> apiClass(String name) throws ClassNotFoundException {
        return bundles().stream()
                .filter(bundle -> "dev.llmtop.api".equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow()
                .loadClass(name);
    }

    /** Configures a component, as the launcher does before the start. */
    void configure(String pid, Map<String, Object> properties) {
        Object configuration =
                Reflection.call(service("org.osgi.service.cm.ConfigurationAdmin"), "getConfiguration", pid, null);
        Reflection.call(configuration, "update", new Hashtable<>(properties));
    }

    /** What a Gogo session prints for a command line. */
    String gogo(String command) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Object session = Reflection.call(
                service("org.apache.felix.service.command.CommandProcessor"),
                "createSession",
                new ByteArrayInputStream(new byte[0]),
                printed,
                printed);
        Reflection.call(session, "put", "SCOPE", "llmtop:felix:*");
        Object result = Reflection.call(session, "execute", command);
        Object shown = result == null ? "" : Reflection.call(session, "format", result, 0);
        Reflection.call(session, "close");
        return printed.toString(StandardCharsets.UTF_8) + shown;
    }

    /** Descriptions of all components. */
    Collection<?> components() {
        return (Collection<?>) Reflection.call(scr(), "getComponentDescriptionDTOs", (Object) new Bundle[0]);
    }

    /** Names of components that could work without a configuration of their own and do not. */
    List<String> unsatisfied() {
        return components().stream()
                .filter(component -> !"require".equals(Reflection.field(component, "configurationPolicy")))
                .filter(component -> !works(component))
                .map(component -> (String) Reflection.field(component, "name"))
                .toList();
    }

    private boolean works(Object component) {
        Collection<?> configurations =
                (Collection<?>) Reflection.call(scr(), "getComponentConfigurationDTOs", component);
        return !configurations.isEmpty()
                && configurations.stream()
                        .allMatch(configuration -> SATISFIED <= (int) Reflection.field(configuration, "state"));
    }

    private Object scr() {
        return service("org.osgi.service.component.runtime.ServiceComponentRuntime");
    }

    /** Snapshots from now on. */
    Snapshots listen() throws ClassNotFoundException {
        return Snapshots.of(this);
    }

    /** The engine of this id in a snapshot; a missing node where there is none. */
    static JsonNode engine(JsonNode snapshot, String id) {
        for (JsonNode engine : snapshot.path("engines")) {
            if (engine.path("id").asText().equals(id)) {
                return engine;
            }
        }
        return snapshot.path("no such engine");
    }

    @Override
    public void close() {
        container.stop();
        try {
            system.clear();
        } catch (RuntimeException held) {
            throw new UncheckedIOException(new IOException(held));
        }
    }
}
