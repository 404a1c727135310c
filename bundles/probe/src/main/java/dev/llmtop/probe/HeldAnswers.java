// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.model.Reason;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Stamp;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Answers that may serve others, and requests under way that others may wait for. */
final class HeldAnswers {
    private static final int MOST = 1_024;
    private static final long OVERHEAD = 512;
    /** A tree of nodes is so many times larger than its text, roughly. */
    private static final int TREE_FACTOR = 4;

    private final long mostBytes;
    private final Map<Place, Answer> held = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<Flight, CompletableFuture<Optional<Answer>>> flights = new HashMap<>();
    private long bytes;

    HeldAnswers(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Where an answer is from. */
    record Place(Server server, String path) {}

    private record Flight(Place place, boolean keyed) {}

    /**
     * A held answer that serves, the answer of a request that is under way, or one of our own.
     *
     * @param keyed only requests that both may or both may not carry a key are shared
     * @param ask makes the request; empty where it was abandoned. Absent where none may be made
     * @return empty where there is none and none may be made
     */
    Optional<Answer> find(
            Place place,
            Freshness freshness,
            boolean keyed,
            long deadlineNanos,
            Optional<Supplier<Optional<Answer>>> ask) {
        Flight flight = new Flight(place, keyed);
        while (true) {
            CompletableFuture<Optional<Answer>> ours = new CompletableFuture<>();
            CompletableFuture<Optional<Answer>> shared;
            synchronized (this) {
                Answer known = held.get(place);
                if (known != null && freshness.serves(known)) {
                    return Optional.of(known);
                }
                if (ask.isEmpty() && !flights.containsKey(flight)) {
                    return Optional.empty();
                }
                CompletableFuture<Optional<Answer>> underWay = flights.putIfAbsent(flight, ours);
                shared = underWay == null ? ours : underWay;
            }
            if (ask.isPresent() && shared == ours) {
                return Optional.of(lead(flight, ours, ask.get()));
            }
            Optional<Answer> answer = await(shared, deadlineNanos);
            if (answer.isPresent()) {
                return answer;
            }
            // Whoever asked was interrupted: that says nothing about the server.
        }
    }

    private Answer lead(Flight flight, CompletableFuture<Optional<Answer>> shared, Supplier<Optional<Answer>> ask) {
        Optional<Answer> answer = Optional.empty();
        try {
            answer = ask.get();
        } finally {
            synchronized (this) {
                flights.remove(flight);
                answer.ifPresent(made -> hold(flight.place(), made));
            }
            shared.complete(answer);
        }
        return answer.orElseGet(() -> failed(Trouble.abandoned().detail()));
    }

    private static Optional<Answer> await(CompletableFuture<Optional<Answer>> shared, long deadlineNanos) {
        try {
            return shared.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            return Optional.of(failed("no answer by the deadline"));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of(failed(Trouble.abandoned().detail()));
        } catch (ExecutionException impossible) {
            return Optional.of(failed(String.valueOf(impossible.getMessage())));
        }
    }

    private static Answer failed(String detail) {
        return new Answer.Failed(Reason.TIMED_OUT, detail, Stamp.now());
    }

    private void hold(Place place, Answer answer) {
        if (place.server().forgotten()) {
            return;
        }
        Answer before = held.put(place, answer);
        bytes += size(answer) - (before == null ? 0 : size(before));
        Iterator<Answer> eldest = held.values().iterator();
        while ((held.size() > MOST || bytes > mostBytes) && eldest.hasNext()) {
            bytes -= size(eldest.next());
            eldest.remove();
        }
    }

    private static long size(Answer answer) {
        if (!(answer instanceof Answer.Received received)) {
            return OVERHEAD;
        }
        long body = received.body().length();
        return OVERHEAD + (received.json().isMissingNode() ? body : body * TREE_FACTOR);
    }

    /** Forgets what a server answered. */
    synchronized void drop(Server server) {
        held.entrySet().removeIf(entry -> {
            boolean its = entry.getKey().server() == server;
            bytes -= its ? size(entry.getValue()) : 0;
            return its;
        });
    }

    synchronized int count() {
        return held.size();
    }

    /** Estimated memory of what is held. */
    synchronized long bytes() {
        return bytes;
    }
}
