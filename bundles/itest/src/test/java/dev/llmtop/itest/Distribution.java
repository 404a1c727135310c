// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.OSGiHeader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The distribution as it was built. */
final class Distribution {
    /** Of the checkout. */
    static final Path ROOT =
            Path.of(System.getProperty("llmtop.root", "../..")).toAbsolutePath().normalize();

    static final Path HOME = ROOT.resolve("launcher/target/llmtop");

    /** What any listener may be asked before it is known (design, section 4). */
    static final Set<String> FIRST_CONTACT = Set.of(
            "/health/liveliness",
            "/readiness",
            "/model_info",
            "/info",
            "/version",
            "/api/version",
            "/props",
            "/v1/models");

    private static final Pattern PATHS =
            Pattern.compile("<property name=\"llmtop\\.paths\" type=\"String\">([^<]*)</property>");

    private Distribution() {}

    static Path startScript() {
        return HOME.resolve("bin/llmtop");
    }

    /** Its bundles, in the order in which the launcher starts them. */
    static List<Path> bundles() {
        Path folder = HOME.resolve("bundles");
        try {
            return Files.readAllLines(folder.resolve("bundles.list")).stream()
                    .filter(line -> !line.isBlank())
                    .map(line ->
                            folder.resolve(line.substring(line.indexOf(' ') + 1).strip()))
                    .toList();
        } catch (IOException absent) {
            throw new UncheckedIOException("the distribution is not built: mvn package", absent);
        }
    }

    /** Our own bundles by symbolic name. */
    static Map<String, Path> ours() {
        Map<String, Path> ours = new TreeMap<>();
        for (Path jar : bundles()) {
            String name = header(jar, "Bundle-SymbolicName");
            if (name.startsWith("dev.llmtop.")) {
                ours.put(name, jar);
            }
        }
        return ours;
    }

    /** The paths that the adapter of a bundle declares, read from its component. */
    static Set<String> declaredPaths(String bundle) {
        try (JarFile jar = new JarFile(ours().get(bundle).toFile());
                InputStream component = jar.getInputStream(jar.getEntry("OSGI-INF/" + bundle + ".xml"))) {
            Matcher property = PATHS.matcher(new String(component.readAllBytes(), StandardCharsets.UTF_8));
            if (!property.find()) {
                throw new IllegalStateException(bundle + " declares no path");
            }
            return property.group(1)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.toSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Path launcherJar() {
        return HOME.resolve("lib/dev.llmtop.launcher.jar");
    }

    /** A header of the manifest, without parameters of a symbolic name; empty where it is absent. */
    static String header(Path jar, String name) {
        String value = attributes(jar).getValue(name);
        return value == null ? "" : name.equals("Bundle-SymbolicName") ? value.split(";", 2)[0] : value;
    }

    /** Package names of Import-Package or Export-Package. */
    static Set<String> packages(Path jar, String header) {
        Map<String, Attrs> clauses = OSGiHeader.parseHeader(header(jar, header));
        return Set.copyOf(clauses.keySet());
    }

    private static Attributes attributes(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(jar + " cannot be read", unreadable);
        }
    }
}
