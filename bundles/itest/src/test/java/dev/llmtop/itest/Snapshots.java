// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.osgi.framework.ServiceRegistration;

/** A listener service in the container that keeps every snapshot as the JSON that a user would see. */
final class Snapshots implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<JsonNode> all = new CopyOnWriteArrayList<>();
    private ServiceRegistration<?> registration;

    private Snapshots() {}

    static Snapshots of(Container container) throws ClassNotFoundException {
        Snapshots snapshots = new Snapshots();
        Class<?> type = container.apiClass("dev.llmtop.spi.SnapshotListener");
        Object format = container.service("dev.llmtop.agent.SnapshotFormat");
        Object listener =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    switch (method.getName()) {
                        case "snapshot" -> snapshots.all.add(parse(Reflection.call(format, "json", given[0], false)));
                        case "hashCode" -> {
                            return System.identityHashCode(proxy);
                        }
                        case "equals" -> {
                            return proxy == given[0];
                        }
                        default -> {
                            return "snapshots of a test";
                        }
                    }
                    return null;
                });
        snapshots.registration = container.context().registerService(type.getName(), listener, null);
        return snapshots;
    }

    private static JsonNode parse(Object json) throws JsonProcessingException {
        return new ObjectMapper().readTree((String) json);
    }

    /** All so far, oldest first. */
    List<JsonNode> all() {
        return List.copyOf(all);
    }

    /** How many there were so far: the mark from which a later wait looks. */
    int count() {
        return all.size();
    }

    /** The first snapshot after a mark that is as wanted; fails after half a minute. */
    JsonNode await(String what, int after, Predicate<JsonNode> wanted) {
        return Awaitility.await(what).atMost(LIMIT).until(() -> first(after, wanted), found -> found != null);
    }

    /** Waits for so many more snapshots. */
    void awaitMore(int more) {
        int wanted = count() + more;
        Awaitility.await(more + " more snapshots").atMost(LIMIT).until(() -> count() >= wanted);
    }

    private JsonNode first(int after, Predicate<JsonNode> wanted) {
        for (int at = after; at < all.size(); at++) {
            if (wanted.test(all.get(at))) {
                return all.get(at);
            }
        }
        return null;
    }

    @Override
    public void close() {
        registration.unregister();
    }
}
