// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of recorded answers. Its {@code index.json} lists {@code requests}, each with {@code path}, {@code status}, {@code headers}
 * (pairs) and {@code file} (absent or null where the body is empty), or a {@code body} of its own, text or JSON; half of it comes with {@code brokenOff}. A path is answered in
 * recorded order, then with its last answer for ever. Answers to a request that carried a key ({@code requestAuth}) are left out, and so are connections that failed. What was
 * answered to {@code /no/such/path} is what unknown paths answer.
 */
public final class CaseFolder {
    private static final String UNKNOWN_PATH = "/no/such/path";
    /** What the server says itself, or what says how the wire was, not what the body is. */
    private static final Set<String> OF_THE_WIRE =
            Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "date", "content-encoding");

    private final Path folder;
    private final JsonNode index;

    private CaseFolder(Path folder, JsonNode index) {
        this.folder = folder;
        this.index = index;
    }

    /** One that has no files: its answers all stand in its index. */
    static CaseFolder without(String name, JsonNode index) {
        return new CaseFolder(Path.of(name), index);
    }

    /** Reads a folder that has an {@code index.json}. */
    public static CaseFolder read(Path folder) {
        return new CaseFolder(folder, parse(folder.resolve("index.json")));
    }

    private static JsonNode parse(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("no JSON in " + file, unreadable);
        }
    }

    /** All case folders right below one, by name. */
    public static List<CaseFolder> below(Path parent) {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(child -> Files.isRegularFile(child.resolve("index.json")))
                    .sorted()
                    .map(CaseFolder::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Its name. */
    public String name() {
        return String.valueOf(folder.getFileName());
    }

    /** Its {@code index.json}. */
    public JsonNode index() {
        return index;
    }

    /** A file of the folder, as text. */
    public String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A file of the folder, as JSON; a missing node where there is no such file. */
    public JsonNode json(String file) {
        return Files.isRegularFile(folder.resolve(file)) ? parse(folder.resolve(file)) : MissingNode.getInstance();
    }

    /** The argument vector of the main recorded process, or the index's own {@code argv}; empty where there is none. */
    public Optional<List<String>> argv() {
        JsonNode argv =
                index.has("argv") ? index.path("argv") : json("process.json").findPath("argv");
        List<String> arguments = new ArrayList<>();
        argv.forEach(argument -> arguments.add(argument.asText()));
        return arguments.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(arguments));
    }

    /** A server that answers as recorded. */
    public EngineServer start() {
        EngineServer server = EngineServer.start();
        feed(server);
        return server;
    }

    void feed(EngineServer server) {
        for (JsonNode request : index.path("requests")) {
            if (!request.path("status").isInt() || keyed(request)) {
                continue;
            }
            CannedAnswer answer = answer(request);
            String path = request.path("path").asText();
            server.answer(path, answer);
            if (path.equals(UNKNOWN_PATH)) {
                server.otherwise(answer);
            }
        }
    }

    private static boolean keyed(JsonNode request) {
        List<String> names = new ArrayList<>();
        request.path("requestHeaders").fieldNames().forEachRemaining(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return request.path("requestAuth").isTextual()
                || names.contains("authorization")
                || names.contains("x-api-key");
    }

    /** What one of its requests, or one in their form, is answered. */
    public CannedAnswer answer(JsonNode request) {
        CannedAnswer answer = CannedAnswer.of(request.path("status").asInt(), "", body(request));
        for (JsonNode header : request.path("headers")) {
            String name = header.path(0).asText();
            if (!OF_THE_WIRE.contains(name.toLowerCase(Locale.ROOT))) {
                answer = answer.header(name, header.path(1).asText());
            }
        }
        return request.path("brokenOff").asBoolean() ? answer.brokenOff() : answer;
    }

    private byte[] body(JsonNode request) {
        JsonNode own = request.path("body");
        if (!own.isMissingNode()) {
            return (own.isTextual() ? own.asText() : own.toString()).getBytes(StandardCharsets.UTF_8);
        }
        if (!request.path("file").isTextual()) {
            return new byte[0];
        }
        try {
            return Files.readAllBytes(folder.resolve(request.path("file").asText()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
