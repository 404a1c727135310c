// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.model.Snapshot.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code keys.properties}: a line {@code URL=key} for each endpoint. A URL may stand without its scheme ({@code 127.0.0.1:8000});
 * one that says {@code https} keeps its key off a plain connection. A file that others can read is ignored as a whole.
 */
final class KeyFile {
    private static final String SOURCE = "keys";
    private static final int MOST_BYTES = 65_536;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Map<String, Entry> entries = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private KeyFile() {}

    /** Reads it; one that is not there is empty. */
    static KeyFile read(Path file) {
        KeyFile keys = new KeyFile();
        try {
            if (Files.exists(file) && keys.isPrivate(file)) {
                try (InputStream input = Files.newInputStream(file)) {
                    keys.parse(new String(input.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
                }
            }
        } catch (NoSuchFileException gone) {
            // removed between the two looks
        } catch (IOException | UnsupportedOperationException unreadable) {
            keys.problem(
                    "keys.properties cannot be read: " + unreadable.getClass().getSimpleName());
        }
        return keys;
    }

    private boolean isPrivate(Path file) throws IOException {
        Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
        open.retainAll(Files.getPosixFilePermissions(file));
        if (!open.isEmpty()) {
            problem("keys.properties is ignored: others can read or change it; chmod 600 makes it private");
        }
        return open.isEmpty();
    }

    private void parse(String text) {
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith("!")) {
                continue;
            }
            int equals = line.indexOf('=');
            String url = equals < 0 ? "" : line.substring(0, equals).strip().replace("\\:", ":");
            String secret = line.substring(equals + 1).strip();
            if (url.isEmpty() || !Key.fits(secret) || !add(url, secret)) {
                problem("line " + number + " of keys.properties is no URL=key");
            }
        }
    }

    private boolean add(String url, String secret) {
        int scheme = url.indexOf("://");
        String name = scheme < 0 ? "http" : url.substring(0, scheme).toLowerCase(Locale.ROOT);
        String rest = scheme < 0 ? url : url.substring(scheme + 3);
        boolean https = name.startsWith("https");
        Entry entry = new Entry(new Key(secret, false), https);
        if (rest.startsWith("unix:") || name.endsWith("+unix")) {
            entries.put("unix:" + (rest.startsWith("unix:") ? rest.substring(5) : rest), entry);
            return true;
        }
        String authority = rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest;
        if (!authority.matches("(\\[[0-9A-Fa-f:.%a-z]+]|[^:@\\s\\[\\]]+)(:\\d{1,5})?")) {
            return false;
        }
        String full = authority.matches(".*:\\d{1,5}$") && !authority.endsWith("]")
                ? authority
                : authority + (https ? ":443" : ":80");
        if (full.toLowerCase(Locale.ROOT).startsWith("localhost:")) {
            String port = full.substring(full.indexOf(':'));
            entries.put("127.0.0.1" + port, entry);
            entries.put("[::1]" + port, entry);
        }
        entries.put(full.toLowerCase(Locale.ROOT), entry);
        return true;
    }

    private void problem(String detail) {
        problems.add(new Problem(SOURCE, detail));
    }

    Optional<Entry> find(String endpointId) {
        String id = endpointId.startsWith("unix:") ? endpointId : endpointId.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(entries.get(id));
    }

    /** What was wrong with it; never a word of a key. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /**
     * One line of it.
     *
     * @param https whether its URL says so
     */
    record Entry(Key key, boolean https) {}
}
