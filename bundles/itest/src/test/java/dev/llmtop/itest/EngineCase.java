// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmtop.testkit.CaseFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one server answers: the recorded cases of every adapter, and look-alikes made after the sources that each names.
 *
 * @param hinted the kind that it is where its command line is read; empty where it is no engine
 * @param stranger the kind that it is where only its answers tell
 */
record EngineCase(String name, CaseFolder folder, String hinted, String stranger) {
    private static final Path LOOK_ALIKES = Distribution.ROOT.resolve("bundles/itest/src/test/resources/lookalikes");

    /** Recorded cases that are not simply of their adapter's kind, by name: {@code {"hinted": kind, "stranger": kind}}. */
    private static final Path EXCEPTIONS = LOOK_ALIKES.resolve("recorded.json");

    private static final List<String> NAMES_NOBODY = List.of("/opt/some/server", "--port", "0");

    /** Folders of recorded servers besides {@code cases}, by the kind that they show. */
    private static final Map<String, String> FURTHER = Map.of("adapter-sglang/gateway", "sglangrouter");

    static List<EngineCase> all() {
        Map<String, EngineCase> all = new TreeMap<>();
        JsonNode exceptions = exceptions();
        for (Path adapter : adapters()) {
            String bundle = adapter.getFileName().toString();
            Path resources = adapter.resolve("src/test/resources");
            addFrom(resources.resolve("cases"), bundle, bundle.substring("adapter-".length()), exceptions, all);
            FURTHER.forEach((place, kind) -> {
                if (place.startsWith(bundle + "/")) {
                    addFrom(resources.resolve(place.substring(bundle.length() + 1)), place, kind, exceptions, all);
                }
            });
        }
        for (CaseFolder folder : CaseFolder.below(LOOK_ALIKES)) {
            JsonNode index = folder.index();
            all.put(
                    folder.name(),
                    new EngineCase(
                            folder.name(),
                            folder,
                            index.path("hinted").asText(),
                            index.path("stranger").asText()));
        }
        return List.copyOf(all.values());
    }

    /** Its command line, with the port at which it is replayed. */
    List<String> argv(int port) {
        List<String> argv = new ArrayList<>(folder.argv().orElse(NAMES_NOBODY));
        for (int at = 1; at < argv.size(); at++) {
            if (argv.get(at - 1).matches("--?port")) {
                argv.set(at, Integer.toString(port));
            } else if (argv.get(at - 1).matches("--?listen")) {
                argv.set(at, ":" + port);
            }
        }
        return argv;
    }

    boolean answersAModelList() {
        for (JsonNode request : folder.index().path("requests")) {
            if (request.path("path").asText().equals("/v1/models")
                    && request.path("status").asInt() == 200) {
                return true;
            }
        }
        return false;
    }

    private static void addFrom(
            Path cases, String place, String kind, JsonNode exceptions, Map<String, EngineCase> into) {
        if (!Files.isDirectory(cases)) {
            return;
        }
        for (CaseFolder folder : CaseFolder.below(cases)) {
            String name = place.substring("adapter-".length()) + "/" + folder.name();
            JsonNode exception = exceptions.path(name);
            into.put(
                    name,
                    new EngineCase(
                            name,
                            folder,
                            exception.path("hinted").asText(kind),
                            exception.path("stranger").asText(kind)));
        }
    }

    private static List<Path> adapters() {
        try (Stream<Path> bundles = Files.list(Distribution.ROOT.resolve("bundles"))) {
            return bundles.filter(bundle -> bundle.getFileName().toString().startsWith("adapter-"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonNode exceptions() {
        try {
            return new ObjectMapper().readTree(EXCEPTIONS.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
