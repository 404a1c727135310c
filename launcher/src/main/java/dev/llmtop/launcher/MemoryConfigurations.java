// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.util.Collections;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.cm.PersistenceManager;

/**
 * What ConfigAdmin takes for its disk: it holds the merged configurations from the start, so that none has to be
 * created, and forgets at exit, so that an old value never outlives the file that set it.
 */
@SuppressWarnings({"rawtypes", "JdkObsolete"}) // the interface predates generics and has Dictionary in it
final class MemoryConfigurations implements PersistenceManager {
    /** The value of the framework property {@code felix.cm.pm}. */
    static final String NAME = "llmtop";

    private final Map<String, Dictionary<?, ?>> stored = new ConcurrentHashMap<>();

    MemoryConfigurations(Map<String, Map<String, Object>> byPid) {
        byPid.forEach((pid, values) -> {
            Hashtable<String, Object> dictionary = new Hashtable<>(values);
            dictionary.put("service.pid", pid);
            stored.put(pid, dictionary);
        });
    }

    @Override
    public boolean exists(String pid) {
        return stored.containsKey(pid);
    }

    @Override
    public Dictionary load(String pid) {
        Dictionary<?, ?> found = stored.get(pid);
        return found == null ? new Hashtable<>() : found;
    }

    @Override
    public Enumeration getDictionaries() {
        return Collections.enumeration(stored.values());
    }

    @Override
    public void store(String pid, Dictionary properties) {
        stored.put(pid, properties);
    }

    @Override
    public void delete(String pid) {
        stored.remove(pid);
    }
}
