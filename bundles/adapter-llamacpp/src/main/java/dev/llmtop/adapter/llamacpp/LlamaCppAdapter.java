// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.EngineAdapter;
import dev.llmtop.spi.EngineType;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Strength;
import java.time.Duration;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * llama.cpp's server. Nothing that it asks loads a model; what would wake one, or keep one awake, is asked only of servers that let
 * none sleep, see {@link SleepRule}.
 */
@Component(name = "dev.llmtop.adapter.llamacpp")
@EngineType(
        kind = LlamaCppAdapter.KIND,
        title = "llama.cpp",
        ports = {8080, 9931},
        commands = {"exe:llama-server", "exe:llama serve", "exe:llama server"},
        paths = {
            "/props",
            "/v1/models",
            "/metrics",
            "/slots",
            "/metrics?model={model}&autoload=false",
            "/slots?model={model}&autoload=false"
        })
public final class LlamaCppAdapter implements EngineAdapter {
    static final String KIND = "llamacpp";

    private static final Get PROPS = Get.of("/props").maxAge(Duration.ofSeconds(1));

    /** Stateless. */
    @Activate
    public LlamaCppAdapter() {}

    @Override
    public Match detect(Candidate candidate, Probe probe) {
        Optional<String> part = LlamaIdentity.partOfOllama(candidate);
        if (part.isPresent()) {
            return Match.of(Strength.NONE).despite("process", part.get()).build();
        }
        LlamaIdentity identity = new LlamaIdentity(candidate.hintedAs(KIND));
        if (!candidate.listening()) {
            return identity.silent();
        }
        Answer props = probe.get(PROPS);
        return identity.judge(props).orElseGet(() -> identity.closed(props, probe.get(LlamaServer.MODELS)));
    }

    @Override
    public Description describe(Engine engine, Probe probe) {
        LlamaDescriber describer = new LlamaDescriber(engine);
        if (!engine.candidate().listening()) {
            Answer none = new Answer.Failed(Reason.LOADING, "the server does not listen yet", Stamp.now());
            return describer.unknown(none, none);
        }
        Answer answer = LlamaServer.props(engine, probe);
        Optional<LlamaProps> props = LlamaProps.of(answer.okJson());
        Answer list = mayList(answer) ? list(engine, probe, props) : answer;
        if (props.isEmpty()) {
            return describer.unknown(answer, list);
        }
        return props.get().router() ? describer.router(props.get(), list, probe) : describer.server(props.get(), list);
    }

    private static Answer list(Engine engine, Probe probe, Optional<LlamaProps> props) {
        return props.filter(LlamaProps::router)
                .map(router -> new LlamaRouter(probe, router).list())
                .orElseGet(() -> LlamaServer.models(engine, probe, props));
    }

    /** The list is open to all in builds that close everything else; who does not answer or loads has none. */
    private static boolean mayList(Answer props) {
        return props.received().isPresent() && props.status() != 503;
    }

    @Override
    public Reading metrics(Engine engine, Probe probe) {
        if (!engine.candidate().listening()) {
            return LlamaServer.nothing(
                    new Value.Unavailable<>(Reason.LOADING, "the server does not listen yet"), Stamp.now());
        }
        Answer answer = LlamaServer.props(engine, probe);
        Optional<LlamaProps> props = LlamaProps.of(answer.okJson());
        if (props.isEmpty()) {
            return LlamaServer.nothing(LlamaServer.why(engine, answer), answer.stamp());
        }
        return props.get().router()
                ? new LlamaRouter(probe, props.get()).read()
                : new LlamaServer(engine, probe).read(props.get());
    }
}
