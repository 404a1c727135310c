// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.EngineAdapter;
import dev.llmtop.spi.EngineType;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Streamed;
import dev.llmtop.spi.Strength;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * SGLang's gateway: a router. {@code /model_info}, {@code /v1/models} and {@code /server_info} are answered by one of its workers
 * and never asked here; its own figures are on a second port. vLLM's router (vllm-project/router) is made of it and answers alike; the
 * title of its process tells it. Both write their title over their command line.
 */
@Component(name = "dev.llmtop.adapter.sglang.gateway")
@EngineType(
        kind = "sglangrouter",
        title = "SGLang gateway",
        ports = 30000,
        commands = {
            "module:sglang_router.launch_router",
            "module:sglang_router.launch_server",
            "script:sglang-router",
            "exe:smg",
            "exe:amg"
        },
        paths = {"/readiness", "/workers"},
        memberPaths = "/metrics",
        children = EngineType.Children.BACKENDS)
public final class SglangGatewayAdapter implements EngineAdapter {
    private static final Get READINESS = Get.of("/readiness").maxAge(Duration.ofSeconds(5));
    private static final Get WORKERS = Get.of("/workers").maxAge(Duration.ofSeconds(5));
    private static final String METRICS = "/metrics";
    private static final int USUAL_METRICS_PORT = 29_000;
    private static final String VLLM_ROUTER = "vllm::router";

    /** Stateless. */
    @Activate
    public SglangGatewayAdapter() {}

    @Override
    public Match detect(Candidate candidate, Probe probe) {
        boolean hinted = candidate.hintedAs("sglangrouter");
        if (!candidate.listening()) {
            return hinted ? hinted(State.LOADING, "it does not listen yet") : Match.none();
        }
        Answer answer = probe.get(READINESS);
        Optional<GatewayReadiness> readiness = GatewayReadiness.of(answer);
        if (readiness.isPresent()) {
            Match.Builder match = Match.of(hinted ? Strength.PROVEN : Strength.DISTINCTIVE);
            if (isTitled(candidate, VLLM_ROUTER)) {
                match.title("vLLM router").because("process", "its title is that of vLLM's router");
            } else if (hinted) {
                match.because("process", "its command line is SGLang's gateway");
            }
            return match.state(readiness.get().ready() ? State.READY : State.LOADING)
                    .because("fingerprint", "/readiness counts workers as SGLang's gateway does")
                    .build();
        }
        if (!hinted || answer.status() == 404 || answer.status() == 200) {
            return Match.none();
        }
        State state = SglangIdentity.isClosed(answer)
                ? State.BLOCKED
                : answer.reason() == Reason.UNREACHABLE || answer.reason() == Reason.LOADING
                        ? State.LOADING
                        : State.READY;
        return hinted(state, "/readiness: " + answer.detail());
    }

    private static boolean isTitled(Candidate candidate, String title) {
        return candidate.launch().map(Launch::program).filter(title::equals).isPresent();
    }

    private static Match hinted(State state, String says) {
        return Match.of(Strength.HINTED)
                .state(state)
                .because("process", "its command line is SGLang's gateway; " + says)
                .build();
    }

    @Override
    public Description describe(Engine engine, Probe probe) {
        Description.Builder into = Description.builder().role(Role.ROUTER);
        into.version(Value.unavailable(Reason.NOT_EXPORTED, "the gateway does not tell its version"));
        engine.option("--policy", "--router-policy").ifPresent(policy -> into.config("policy", policy));
        Answer readiness = engine.candidate().listening()
                ? probe.get(READINESS)
                : new Answer.Failed(Reason.LOADING, "the gateway does not listen yet", Stamp.now());
        Answer workers = engine.candidate().listening() ? probe.get(WORKERS) : readiness;
        count(readiness, "healthy_workers", "healthyWorkers", into);
        count(readiness, "total_workers", "workers", into);
        GatewayReadiness.of(readiness)
                .map(known -> known.ready() ? State.READY : State.LOADING)
                .or(() -> readiness.reason() == Reason.LOADING ? Optional.of(State.LOADING) : Optional.empty())
                .ifPresent(into::state);
        GatewayWorkers.describe(workers, engine.candidate().launch(), into);
        return into.build();
    }

    private static void count(Answer readiness, String field, String name, Description.Builder into) {
        if (readiness.okJson().path(field).isIntegralNumber()) {
            into.config(name, readiness.okJson().path(field).asLong());
        }
    }

    @Override
    public Reading metrics(Engine engine, Probe probe) {
        if (!engine.candidate().listening()) {
            return GatewayMetrics.GATEWAY.reading(missing(Reason.LOADING, "the gateway does not listen yet"));
        }
        Candidate candidate = engine.candidate();
        Optional<Integer> named = candidate
                .launch()
                .map(launch -> launch.port("--prometheus-port", "--router-prometheus-port"))
                .flatMap(given -> given.isPresent() ? Optional.of(given.getAsInt()) : Optional.empty());
        int port = named.orElse(USUAL_METRICS_PORT);
        GatewayMetrics metrics = isTitled(candidate, VLLM_ROUTER) ? GatewayMetrics.VLLM_ROUTER : GatewayMetrics.GATEWAY;
        return member(probe.members(), port, named.isEmpty())
                .map(known -> metrics.reading(probe.of(known).stream(Get.of(METRICS), metrics.reader())))
                .orElseGet(() -> metrics.off(missing(
                        Reason.DISABLED,
                        "none of its processes is seen to listen on " + port
                                + ", the port of its metrics; needs --prometheus-port")));
    }

    /** Whoever wrote a title over its command line may have another port than the usual one: the only other that it has. */
    private static Optional<Member> member(List<Member> members, int port, boolean guess) {
        Optional<Member> exact = members.stream()
                .filter(listening -> listening.endpoint().port() == port)
                .findFirst();
        boolean titled =
                members.size() == 1 && members.get(0).launch().program().contains("::router");
        return exact.isEmpty() && guess && titled ? Optional.of(members.get(0)) : exact;
    }

    private static Streamed<SeriesPage> missing(Reason reason, String detail) {
        return new Streamed<>(0, Value.unavailable(reason, detail), false, Stamp.now());
    }
}
