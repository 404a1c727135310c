// SPDX-License-Identifier: MIT
package dev.llmtop.recorder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes a case folder: {@code index.json} and a file for each body, as the testkit's {@code CaseFolder} reads it. */
final class CaseWriter {
    /** What says something of this session or of the wire, and nothing of the engine. */
    private static final Set<String> LEFT_OUT = Set.of(
            "set-cookie",
            "date",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "content-encoding",
            "etag",
            "x-request-id");

    private final Path folder;
    private final Anonymizer anonymizer;

    CaseWriter(Path folder, Anonymizer anonymizer) {
        this.folder = folder;
        this.anonymizer = anonymizer;
    }

    /** Fails where the folder is there already, whatever it is. */
    static void refuseExisting(Path folder) throws FileAlreadyExistsException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(folder + " is there already; name a folder that is not");
        }
    }

    /**
     * Writes all of it, or nothing under this name.
     *
     * @param about fields of the index such as {@code engine} and {@code version}
     * @return a line for each answer
     */
    List<String> write(Map<String, String> about, List<String> argv, List<Exchange> exchanges) throws IOException {
        refuseExisting(folder);
        Path parent = folder.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Path draft = Files.createTempDirectory(parent, ".record");
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        about.forEach((name, value) -> index.put(name, anonymizer.text(value)));
        if (!argv.isEmpty()) {
            ArrayNode arguments = index.putArray("argv");
            argv.forEach(argument -> arguments.add(anonymizer.text(argument)));
        }
        ArrayNode requests = index.putArray("requests");
        List<String> lines = new ArrayList<>();
        Map<String, Integer> used = new HashMap<>();
        for (Exchange exchange : exchanges) {
            lines.add(write(draft, exchange, requests, used));
        }
        Files.writeString(draft.resolve("index.json"), index.toPrettyString() + "\n");
        Files.move(draft, folder);
        return lines;
    }

    private String write(Path draft, Exchange exchange, ArrayNode requests, Map<String, Integer> used)
            throws IOException {
        String body = anonymizer.body(exchange.body(), exchange.json());
        String path = anonymizer.text(exchange.path());
        ObjectNode request = requests.addObject();
        request.put("method", "GET").put("path", path).put("status", exchange.status());
        ArrayNode headers = request.putArray("headers");
        exchange.headers().forEach((name, values) -> {
            if (!LEFT_OUT.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> headers.addArray().add(name).add(anonymizer.text(value)));
            }
        });
        if (exchange.cut()) {
            request.put("cut", true);
        }
        String changed = body.equals(exchange.body()) ? "" : ", made anonymous";
        if (body.isEmpty()) {
            request.putNull("file");
            return "GET " + path + ": " + exchange.status() + ", no body";
        }
        String file = fileName(path, exchange, used);
        request.put("file", file);
        Files.writeString(draft.resolve(file), body);
        return "GET " + path + ": " + exchange.status() + ", " + body.length() + " characters in " + file + changed
                + (exchange.cut() ? ", cut" : "");
    }

    private static String fileName(String path, Exchange exchange, Map<String, Integer> used) {
        String plain = path.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
        String stem = plain.isEmpty() ? "root" : plain.substring(0, Math.min(plain.length(), 60));
        int count = used.merge(stem, 1, Integer::sum);
        String ending = exchange.json().isContainerNode() ? ".json" : ".txt";
        return stem + (count == 1 ? "" : "." + count) + ending;
    }
}
