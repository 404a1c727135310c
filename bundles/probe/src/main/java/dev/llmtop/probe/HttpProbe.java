// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.agent.Probes.Permit;
import dev.llmtop.agent.Probes.Target;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.BodyReader;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Streamed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A probe to one server: checks what may be asked, then takes what is held or asks. */
final class HttpProbe implements Probe {
    private final HttpProbes probes;
    private final Target target;
    private final Permit permit;

    HttpProbe(HttpProbes probes, Target target, Permit permit) {
        this.probes = probes;
        this.target = target;
        this.permit = permit;
    }

    @Override
    public Answer get(Get request) {
        long deadline = deadline();
        String path;
        try {
            path = PathRules.checked(request, permit.declared());
        } catch (PathRules.NotSafe notSafe) {
            return notSafe(notSafe.detail());
        }
        Server server = probes.servers().of(target.endpoint());
        Freshness freshness = new Freshness(
                request.maxAge(),
                permit.heldFor(),
                () -> permit.key() && probes.client().couldUnlock(server, path));
        Supplier<Optional<Answer>> ask =
                () -> ask(server, new Request<>(path, deadline, permit.key(), Optional.empty()));
        return probes.answers()
                .find(
                        new HeldAnswers.Place(server, path),
                        freshness,
                        permit.key(),
                        deadline,
                        isOpen(request) ? Optional.of(ask) : Optional.empty())
                .orElseGet(() -> notSafe("GET " + request.template() + " may not be asked yet"));
    }

    private Optional<Answer> ask(Server server, Request<Object> request) {
        try {
            return Optional.of(probes.client().ask(server, request).received());
        } catch (Trouble trouble) {
            return trouble.kind() == Trouble.Kind.ABANDONED
                    ? Optional.empty()
                    : Optional.of(new Answer.Failed(trouble.reason(), trouble.detail(), Stamp.now()));
        }
    }

    @Override
    public <T> Streamed<T> stream(Get request, BodyReader<T> reader) {
        long deadline = deadline();
        String path;
        try {
            path = PathRules.checked(request, permit.declared());
        } catch (PathRules.NotSafe notSafe) {
            return failed(Reason.NOT_SAFE, notSafe.detail());
        }
        if (!isOpen(request)) {
            return failed(Reason.NOT_SAFE, "GET " + request.template() + " may not be asked yet");
        }
        Server server = probes.servers().of(target.endpoint());
        try {
            Reply<T> reply =
                    probes.client().ask(server, new Request<>(path, deadline, permit.key(), Optional.of(reader)));
            Answer.Received received = reply.received();
            return reply.value()
                    .map(value -> new Streamed<>(received.status(), value, received.cut(), received.stamp()))
                    .orElseGet(() -> new Streamed<>(
                            received.status(),
                            Value.unavailable(received.reason(), received.detail()),
                            false,
                            received.stamp()));
        } catch (Trouble trouble) {
            return failed(trouble.reason(), trouble.detail());
        }
    }

    @Override
    public List<Member> members() {
        return target.members();
    }

    @Override
    public Probe of(Member member) {
        Set<String> paths = target.members().contains(member) ? permit.memberPaths() : Set.of();
        Permit narrower = new Permit(paths, paths, Set.of(), permit.heldFor(), permit.deadline(), permit.key());
        return new HttpProbe(
                probes,
                new Target(member.endpoint(), member.launch().arguments(), target.directory(), List.of()),
                narrower);
    }

    @Override
    public Value<String> file(String option) {
        return ArgumentFile.read(target.arguments(), target.directory(), option);
    }

    private boolean isOpen(Get request) {
        return permit.open().contains(request.template());
    }

    private long deadline() {
        Duration allowed = permit.deadline();
        Duration bounded = allowed.compareTo(HttpProbes.MOST_TIME) < 0 ? allowed : HttpProbes.MOST_TIME;
        return System.nanoTime() + Math.max(0, bounded.toNanos());
    }

    private static Answer notSafe(String detail) {
        return new Answer.Failed(Reason.NOT_SAFE, detail, Stamp.now());
    }

    private static <T> Streamed<T> failed(Reason reason, String detail) {
        return new Streamed<>(0, Value.unavailable(reason, detail), false, Stamp.now());
    }
}
