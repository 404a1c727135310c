// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllmrouter;

import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.model.Reason;
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
import dev.llmtop.spi.Streamed;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The router of the vLLM production stack. {@code /version} and {@code /v1/models} are those of a vLLM; {@code /engines} is its own.
 * Its metrics page measures the processor for a tenth of a second, in which it serves nobody, so it is asked seldom.
 */
@Component(name = "dev.llmtop.adapter.vllmrouter")
@EngineType(
        kind = VllmRouterAdapter.KIND,
        title = "vLLM production-stack router",
        ports = 8001,
        commands = {"script:vllm-router", "module:vllm_router.app"},
        paths = {"/version", "/v1/models", "/engines", "/metrics"},
        children = EngineType.Children.BACKENDS)
public final class VllmRouterAdapter implements EngineAdapter {
    static final String KIND = "vllmrouter";

    private static final Get VERSION = Get.of("/version").maxAge(Get.ONCE);
    private static final Get MODELS = Get.of("/v1/models").maxAge(Duration.ofSeconds(5));
    private static final Get ENGINES = Get.of("/engines").maxAge(Duration.ofSeconds(5));
    /** Just under ten ticks of a second. */
    private static final Get METRICS = Get.of(RouterMetrics.PATH).maxAge(Duration.ofMillis(9_900));

    /** Stateless. */
    @Activate
    public VllmRouterAdapter() {}

    @Override
    public Match detect(Candidate candidate, Probe probe) {
        RouterIdentity identity = new RouterIdentity(candidate.hintedAs(KIND));
        if (!candidate.listening()) {
            return identity.silent();
        }
        return identity.judge(probe.get(VERSION), probe.get(MODELS), () -> probe.get(ENGINES));
    }

    @Override
    public Description describe(Engine engine, Probe probe) {
        RouterDescription description = new RouterDescription(engine);
        if (!engine.candidate().listening()) {
            return description.loading();
        }
        Streamed<SeriesPage> page = RouterMetrics.page(probe.get(METRICS));
        return description.of(probe.get(VERSION), probe.get(MODELS), probe.get(ENGINES), page);
    }

    @Override
    public Reading metrics(Engine engine, Probe probe) {
        Answer answer = engine.candidate().listening()
                ? probe.get(METRICS)
                : new Answer.Failed(Reason.LOADING, RouterDescription.NOT_YET, Stamp.now());
        return RouterMetrics.reading(RouterMetrics.page(answer));
    }
}
