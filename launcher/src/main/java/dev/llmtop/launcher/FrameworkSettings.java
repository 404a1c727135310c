// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.framework.Constants;

/** The properties that the framework starts with. */
final class FrameworkSettings {
    private static final String PACKAGES = "system-packages.txt";

    private FrameworkSettings() {}

    /** For a framework that keeps its bundles in {@code storage}; {@code debug} lets it speak of its troubles. */
    static Map<String, String> of(Path storage, boolean debug) throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        // Written out: Felix's own scan of the running JDK costs an eighth of the start.
        settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES, systemPackages());
        settings.put(Constants.FRAMEWORK_SYSTEMCAPABILITIES_EXTRA, launcherServices());
        // The terminal library looks for sun.misc.Signal without importing it.
        settings.put(Constants.FRAMEWORK_BOOTDELEGATION, "sun.misc");
        settings.put("felix.service.urlhandlers", "false");
        settings.put("felix.log.level", debug ? "1" : "0");
        settings.put("felix.cm.loglevel", debug ? "1" : "0");
        settings.put("ds.loglevel", debug ? "error" : "0");
        // The XML parser that reads component descriptions costs 50 ms to load: SCR keeps what it read in its cache.
        settings.put("ds.cache.metadata", "true");
        settings.put("felix.cm.pm", MemoryConfigurations.NAME);
        // Without these gosh would read standard input and end the framework at its end.
        settings.put("gosh.args", "--nointeractive --noshutdown");
        return settings;
    }

    /** What the launcher registers itself, for the check that every required service has a provider. */
    private static String launcherServices() {
        return "osgi.service;objectClass:List<String>=\"java.util.function.IntConsumer\"";
    }

    private static String systemPackages() throws IOException {
        try (InputStream in = FrameworkSettings.class.getResourceAsStream(PACKAGES)) {
            if (in == null) {
                throw new IOException(PACKAGES + " is not in the program");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.joining(","));
        }
    }
}
