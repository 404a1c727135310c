// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
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
import dev.llmtop.spi.Streamed;
import java.time.Duration;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * SGLang. Many of its GETs change something or run a token; those declared here do not. {@code /server_info} and, before 0.5.23,
 * {@code /v1/loads} ask the scheduler, so they are asked seldom.
 */
@Component(name = "dev.llmtop.adapter.sglang")
@EngineType(
        kind = "sglang",
        title = "SGLang",
        ports = 30000,
        commands = {
            "module:sglang.launch_server",
            "script:sglang serve",
            "title:sglang::scheduler",
            "title:sglang::detokenizer",
            "title:sglang::data_parallel_controller",
            "title:sglang::tokenizer_worker"
        },
        paths = {
            "/readiness",
            "/model_info",
            "/get_model_info",
            "/v1/models",
            "/server_info",
            "/get_server_info",
            "/v1/loads",
            "/metrics"
        })
public final class SglangAdapter implements EngineAdapter {
    static final Get READINESS = Get.of("/readiness").maxAge(Duration.ofSeconds(5));
    static final Get MODEL_INFO = Get.of("/model_info").maxAge(Duration.ofSeconds(5));
    /** The name before 0.5.9; later versions log a warning for it, so it is asked only where the new one is not there. */
    static final Get OLD_MODEL_INFO = Get.of("/get_model_info").maxAge(Duration.ofSeconds(5));

    static final Get MODELS = Get.of("/v1/models").maxAge(Duration.ofSeconds(5));
    static final Get SERVER_INFO = Get.of("/server_info").maxAge(Get.ONCE);
    static final Get OLD_SERVER_INFO = Get.of("/get_server_info").maxAge(Get.ONCE);
    static final String METRICS = "/metrics";

    private static final String NOT_YET =
            "the server does not listen yet: SGLang binds its port when the model is in memory";

    /** Stateless. */
    @Activate
    public SglangAdapter() {}

    @Override
    public Match detect(Candidate candidate, Probe probe) {
        boolean hinted =
                candidate.hintedAs("sglang") && !SglangFlags.of(candidate).servesNothing();
        SglangIdentity identity = new SglangIdentity(hinted);
        if (!candidate.listening()) {
            return identity.silent();
        }
        Answer readiness = probe.get(READINESS);
        if (GatewayReadiness.of(readiness).isPresent()) {
            return identity.gateway();
        }
        if (readiness.status() == 0 && readiness.reason() != Reason.NOT_SAFE) {
            return identity.unanswered(readiness);
        }
        Answer info = probe.get(MODEL_INFO);
        if (hinted && info.status() == 404) {
            info = probe.get(OLD_MODEL_INFO);
        }
        if (SglangIdentity.isClosed(info)) {
            // Never blind: in another engine the same path drains statistics.
            return identity.closed(
                    hinted
                            ? probe.stream(Get.of(METRICS), SglangMetrics.reader())
                                    .value()
                                    .known()
                            : Optional.empty());
        }
        return identity.judge(info, probe.get(MODELS));
    }

    @Override
    public Description describe(Engine engine, Probe probe) {
        SglangFlags flags = SglangFlags.of(engine.candidate());
        SglangDescription description = new SglangDescription(flags);
        if (!engine.candidate().listening()) {
            return description.loading(NOT_YET);
        }
        Answer server = probe.get(SERVER_INFO);
        if (server.status() == 404) {
            server = probe.get(OLD_SERVER_INFO);
        }
        Answer info = probe.get(MODEL_INFO);
        if (info.status() == 404) {
            info = probe.get(OLD_MODEL_INFO);
        }
        return description.of(probe.get(MODELS), info, server);
    }

    @Override
    public Reading metrics(Engine engine, Probe probe) {
        SglangFlags flags = SglangFlags.of(engine.candidate());
        SglangReading reading = new SglangReading(engine, flags);
        if (!engine.candidate().listening()) {
            return reading.failed(notYet(Stamp.now()));
        }
        if (reading.metricsOff()) {
            return reading.loads(probe.get(SglangLoads.request(engine)));
        }
        Streamed<SeriesPage> page = probe.stream(Get.of(METRICS), SglangMetrics.reader());
        if (page.status() == 404) {
            return reading.loads(probe.get(SglangLoads.request(engine)));
        }
        boolean refused = page.status() == 0
                && page.value()
                        .missing()
                        .filter(why -> why.reason() == Reason.UNREACHABLE)
                        .isPresent();
        if (refused && engine.match().state() == State.LOADING) {
            return reading.failed(notYet(page.stamp()));
        }
        return page.value().known().isPresent() ? reading.page(page) : reading.failed(page);
    }

    private static Streamed<SeriesPage> notYet(Stamp stamp) {
        return new Streamed<>(0, Value.unavailable(Reason.LOADING, NOT_YET), false, stamp);
    }
}
