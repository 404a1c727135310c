// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.tgi;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.llmtop.spi.Strength;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Text Generation Inference. Its health paths allocate on the GPU and, while it is unhealthy, run a token; what is declared here is
 * answered by the router alone.
 */
@Component(name = "dev.llmtop.adapter.tgi")
@EngineType(
        kind = "tgi",
        title = "TGI",
        ports = {3000, 80},
        commands = {"exe:text-generation-launcher", "exe:text-generation-router"},
        paths = {"/info", "/metrics"})
public final class TgiAdapter implements EngineAdapter {
    private static final Get INFO = Get.of("/info").maxAge(Duration.ofSeconds(5));
    private static final String METRICS = "/metrics";
    private static final String NOT_YET = "the router does not listen yet: it waits for its shards to load the model";

    /** Stateless. */
    @Activate
    public TgiAdapter() {}

    @Override
    public Match detect(Candidate candidate, Probe probe) {
        boolean hinted = candidate.hintedAs("tgi");
        if (!candidate.listening()) {
            return hinted ? hinted(State.LOADING, NOT_YET) : Match.none();
        }
        Answer answer = probe.get(INFO);
        JsonNode info = answer.okJson();
        if (TgiInfo.isTgi(info)) {
            Match.Builder match = Match.of(hinted ? Strength.PROVEN : Strength.DISTINCTIVE);
            if (hinted) {
                match.because("process", "its program is TGI's launcher or router");
            }
            return match.because("fingerprint", "/info says that its router is text-generation-router")
                    .build();
        }
        if (answer.status() == 200) {
            // Before 1.4 the router did not say its name; the keys of an embedding server are other ones.
            return hinted && TgiInfo.isOld(info)
                    ? hinted(State.READY, "/info has model_id and model_device_type")
                    : Match.of(Strength.NONE)
                            .despite("fingerprint", "/info names no text-generation-router")
                            .build();
        }
        if (!hinted || answer.status() == 404) {
            return Match.none();
        }
        State state = answer.status() == 401 || answer.status() == 403
                ? State.BLOCKED
                : answer.reason() == Reason.UNREACHABLE || answer.reason() == Reason.LOADING
                        ? State.LOADING
                        : State.READY;
        return hinted(state, "/info: " + answer.detail());
    }

    private static Match hinted(State state, String says) {
        return Match.of(Strength.HINTED)
                .state(state)
                .because("process", "its program is TGI's launcher or router; " + says)
                .build();
    }

    @Override
    public Description describe(Engine engine, Probe probe) {
        TgiFlags flags = TgiFlags.of(engine.candidate());
        Answer info = engine.candidate().listening()
                ? probe.get(INFO)
                : new Answer.Failed(Reason.LOADING, NOT_YET, Stamp.now());
        return new TgiInfo(flags).describe(info, engine.candidate().listening());
    }

    @Override
    public Reading metrics(Engine engine, Probe probe) {
        TgiReading reading = new TgiReading(TgiFlags.of(engine.candidate()));
        if (!engine.candidate().listening()) {
            return reading.of(notYet(Stamp.now()));
        }
        Streamed<SeriesPage> page = probe.stream(Get.of(METRICS), TgiMetrics.reader());
        boolean refused = page.status() == 0
                && page.value()
                        .missing()
                        .filter(why -> why.reason() == Reason.UNREACHABLE)
                        .isPresent();
        return reading.of(refused && engine.match().state() == State.LOADING ? notYet(page.stamp()) : page);
    }

    private static Streamed<SeriesPage> notYet(Stamp stamp) {
        return new Streamed<>(0, Value.unavailable(Reason.LOADING, NOT_YET), false, stamp);
    }
}
