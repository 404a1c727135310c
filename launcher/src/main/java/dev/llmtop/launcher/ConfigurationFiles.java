// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The {@code PID.properties} files of one folder. */
final class ConfigurationFiles {
    static final String SUFFIX = ".properties";

    /** Keys of endpoints: read by the part that sends them, and by nothing that hands its content on. */
    private static final String KEYS = "keys" + SUFFIX;

    /** What the screen keeps of the user's choices: its own affair, and a bad line there no reason not to start. */
    private static final String VIEW = "tui" + SUFFIX;

    private ConfigurationFiles() {}

    /** PID to the properties of its file, in UTF-8; empty if there is no such folder. */
    static Map<String, Map<String, String>> read(Path folder) throws UsageException {
        Map<String, Map<String, String>> found = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!name.equals(KEYS) && !name.equals(VIEW)) {
                    found.put(name.substring(0, name.length() - SUFFIX.length()), readFile(file));
                }
            }
        } catch (IOException e) {
            throw new UsageException(folder + " cannot be read: " + Trouble.of(e));
        }
        return found;
    }

    private static Map<String, String> readFile(Path file) throws UsageException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(file + " cannot be read: " + Trouble.of(e));
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }
}
