// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.spi.Endpoint;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that the user gave. One of {@code keys.properties} goes to exactly its endpoint, wherever that is; the one of {@code
 * LLMTOP_API_KEY} to endpoints of this machine. Whether an endpoint may have one at all, and when, is for the caller to say.
 */
final class Keys {
    private final Optional<Key> general;
    private final Optional<KeyFile> file;
    private final List<Problem> problems = new ArrayList<>();

    private Keys(Map<String, String> environment) {
        String secret = environment.getOrDefault("LLMTOP_API_KEY", "").strip();
        general = Key.fits(secret) ? Optional.of(new Key(secret, false)) : Optional.empty();
        if (!secret.isEmpty() && general.isEmpty()) {
            problems.add(new Problem("keys", "LLMTOP_API_KEY is ignored: it holds characters that no key has"));
        }
        file = path(environment).map(KeyFile::read);
        file.ifPresent(known -> problems.addAll(known.problems()));
    }

    static Keys of(Map<String, String> environment) {
        return new Keys(environment);
    }

    private static Optional<Path> path(Map<String, String> environment) {
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        try {
            // The specification of base directories has relative paths ignored.
            if (config.startsWith("/")) {
                return Optional.of(Path.of(config, "llmtop", "keys.properties"));
            }
            return home.startsWith("/")
                    ? Optional.of(Path.of(home, ".config", "llmtop", "keys.properties"))
                    : Optional.empty();
        } catch (InvalidPathException odd) {
            return Optional.empty();
        }
    }

    /**
     * The key for an endpoint.
     *
     * @param tls how it is spoken to: a key configured for https stays off a plain connection
     */
    Optional<Key> find(Endpoint endpoint, boolean tls) {
        boolean local = LocalAddresses.contain(endpoint);
        Optional<KeyFile.Entry> configured = file.flatMap(known -> known.find(endpoint.id()));
        if (configured.isPresent()) {
            KeyFile.Entry entry = configured.get();
            return entry.https() && !tls
                    ? Optional.empty()
                    : Optional.of(new Key(entry.key().secret(), tls && !local));
        }
        return local ? general : Optional.empty();
    }

    /** Where the key for an endpoint comes from, in words. */
    Optional<String> source(Endpoint endpoint, boolean tls) {
        Optional<KeyFile.Entry> configured = file.flatMap(known -> known.find(endpoint.id()));
        if (configured.isPresent()) {
            boolean later = configured.get().https() && !tls;
            return Optional.of("keys.properties" + (later ? ", over TLS only" : ""));
        }
        return find(endpoint, tls).map(known -> "LLMTOP_API_KEY");
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
