// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.BodyReader;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Streamed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A probe for tests of adapters: asks over real HTTP in the simplest way, holds nothing, and fails the test with an {@link
 * AssertionError} where a path is not declared; an adapter that catches it is found out by {@link #assertAllDeclared}.
 */
public final class LocalProbe implements Probe {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Endpoint endpoint;
    private final Set<String> declared;
    private final Set<String> open;
    private final List<Member> members;
    private final Set<String> memberPaths;
    private final List<String> arguments;
    private final Duration deadline;
    private final Queue<String> undeclared;

    private LocalProbe(
            Endpoint endpoint,
            Set<String> declared,
            Set<String> open,
            List<Member> members,
            Set<String> memberPaths,
            List<String> arguments,
            Duration deadline,
            Queue<String> undeclared) {
        this.endpoint = endpoint;
        this.declared = Set.copyOf(declared);
        this.open = Set.copyOf(open);
        this.members = List.copyOf(members);
        this.memberPaths = Set.copyOf(memberPaths);
        this.arguments = List.copyOf(arguments);
        this.deadline = deadline;
        this.undeclared = undeclared;
    }

    /**
     * A probe to a server.
     *
     * @param declared what {@link dev.llmtop.spi.EngineType#paths} of the adapter says
     */
    public static LocalProbe to(Endpoint endpoint, Collection<String> declared) {
        Set<String> paths = Set.copyOf(declared);
        return new LocalProbe(
                endpoint, paths, paths, List.of(), Set.of(), List.of(), DEADLINE, new ConcurrentLinkedQueue<>());
    }

    /** As {@link #to(Endpoint, Collection)}. */
    public static LocalProbe to(EngineServer server, String... declared) {
        return to(server.endpoint(), List.of(declared));
    }

    /** As in a first contact: of the declared paths only these may be sent, the others fail as {@code NOT_SAFE}. */
    public LocalProbe sendingOnly(String... paths) {
        return new LocalProbe(endpoint, declared, Set.of(paths), members, memberPaths, arguments, deadline, undeclared);
    }

    /** With processes of the engine's tree that listen. */
    public LocalProbe withMembers(List<Member> listening, String... theirPaths) {
        return new LocalProbe(endpoint, declared, open, listening, Set.of(theirPaths), arguments, deadline, undeclared);
    }

    /** With this time for each request in all, ten seconds otherwise. */
    public LocalProbe within(Duration limit) {
        return new LocalProbe(endpoint, declared, open, members, memberPaths, arguments, limit, undeclared);
    }

    /** With the arguments of the engine's process, for {@link #file}. */
    public LocalProbe withArguments(List<String> ofTheProcess) {
        return new LocalProbe(endpoint, declared, open, members, memberPaths, ofTheProcess, deadline, undeclared);
    }

    @Override
    public Answer get(Get request) {
        if (!open.contains(checked(request).template())) {
            return new Answer.Failed(Reason.NOT_SAFE, request.template() + " is not asked yet", Stamp.now());
        }
        try {
            SimpleExchange exchange = SimpleExchange.get(endpoint, request.path(), deadline);
            return new Answer.Received(
                    exchange.status(),
                    exchange.headers(),
                    new String(exchange.body(), StandardCharsets.UTF_8),
                    exchange.json(),
                    exchange.cut(),
                    exchange.stamp());
        } catch (IOException failed) {
            return new Answer.Failed(Reason.UNREACHABLE, String.valueOf(failed.getMessage()), Stamp.now());
        }
    }

    @Override
    public <T> Streamed<T> stream(Get request, BodyReader<T> reader) {
        if (!open.contains(checked(request).template())) {
            return new Streamed<>(
                    0,
                    Value.unavailable(Reason.NOT_SAFE, request.template() + " is not asked yet"),
                    false,
                    Stamp.now());
        }
        try {
            SimpleExchange exchange = SimpleExchange.get(endpoint, request.path(), deadline);
            return new Streamed<>(exchange.status(), value(exchange, reader), exchange.cut(), exchange.stamp());
        } catch (IOException failed) {
            return new Streamed<>(
                    0, Value.unavailable(Reason.UNREACHABLE, String.valueOf(failed.getMessage())), false, Stamp.now());
        }
    }

    private static <T> Value<T> value(SimpleExchange exchange, BodyReader<T> reader) {
        if (exchange.status() != 200) {
            return Value.unavailable(Answer.reasonOf(exchange.status()), Answer.detailOf(exchange.status()));
        }
        try {
            return Value.of(reader.read(new ByteArrayInputStream(exchange.body())));
        } catch (IOException malformed) {
            return Value.unavailable(Reason.MALFORMED, String.valueOf(malformed.getMessage()));
        }
    }

    private Get checked(Get request) {
        if (!declared.contains(request.template())) {
            undeclared.add(request.template());
            throw new AssertionError(request + " is not declared; declared are " + declared);
        }
        return request;
    }

    /** Fails where an undeclared path was asked through this probe, one made of it or one it was made of. */
    public void assertAllDeclared() {
        if (!undeclared.isEmpty()) {
            throw new AssertionError(undeclared + " are not declared; declared are " + declared);
        }
    }

    @Override
    public List<Member> members() {
        return members;
    }

    @Override
    public Probe of(Member member) {
        return new LocalProbe(
                member.endpoint(),
                memberPaths,
                memberPaths,
                List.of(),
                Set.of(),
                member.launch().arguments(),
                deadline,
                undeclared);
    }

    @Override
    public Value<String> file(String option) {
        return valueOf(option)
                .map(LocalProbe::read)
                .orElseGet(() -> Value.unavailable(Reason.NOT_EXPORTED, "its command line has no " + option));
    }

    private Optional<String> valueOf(String option) {
        for (int at = 0; at < arguments.size(); at++) {
            String argument = arguments.get(at);
            if (argument.startsWith(option + "=")) {
                return Optional.of(argument.substring(option.length() + 1));
            }
            if (argument.equals(option) && at + 1 < arguments.size()) {
                return Optional.of(arguments.get(at + 1));
            }
        }
        return Optional.empty();
    }

    private static Value<String> read(String file) {
        try {
            return Value.of(Files.readString(Path.of(file)));
        } catch (IOException unreadable) {
            return Value.unavailable(Reason.NO_PERMISSION, file + " cannot be read");
        }
    }
}
