// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a server of another kind answers: taken from the cases of the adapters that ship, long pages cut, and look-alikes made after the
 * sources of products that have no adapter. More may come in minor versions.
 *
 * @param kind the engine's kind as its adapter declares it; empty where no adapter knows it
 * @param name such as {@code tgi/3.3.7-idle}
 * @param answers to be started
 */
public record RecordedEngine(String kind, String name, CaseFolder answers) {
    private static final String FILE = "recorded-engines.json";

    /** All there are, in the order of the file. */
    public static List<RecordedEngine> all() {
        List<RecordedEngine> all = new ArrayList<>();
        try (InputStream file = Objects.requireNonNull(RecordedEngine.class.getResourceAsStream(FILE))) {
            for (JsonNode one : new ObjectMapper().readTree(file)) {
                String name = one.path("name").asText();
                all.add(new RecordedEngine(one.path("kind").asText(), name, CaseFolder.without(name, one)));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return List.copyOf(all);
    }

    /** Its name. */
    @Override
    public String toString() {
        return name;
    }
}
