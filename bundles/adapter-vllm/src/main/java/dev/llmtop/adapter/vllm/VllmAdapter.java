// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllm;

import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.exposition.SeriesTable;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Source;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** vLLM. Every path it asks is answered by the API server alone: none reaches the model. */
@Component(name = "dev.llmtop.adapter.vllm")
@EngineType(
        kind = "vllm",
        title = "vLLM",
        ports = 8000,
        commands = {
            "script:vllm serve",
            "module:vllm.entrypoints.cli.main serve",
            "module:vllm.entrypoints.openai.api_server",
            "exe:vllm-rs frontend",
            "title:VLLM::EngineCore",
            "title:VLLM::Worker",
            "title:VLLM::DPCoordinator"
        },
        paths = {"/version", "/v1/models", "/engines", "/metrics"})
public final class VllmAdapter implements EngineAdapter {
    private static final Get VERSION = Get.of("/version").maxAge(Get.ONCE);
    private static final Get MODELS = Get.of("/v1/models").maxAge(Duration.ofSeconds(5));
    /** Of the production stack's router, which passes on cards of its vLLMs; vLLM itself has no such path. */
    private static final Get ENGINES = Get.of("/engines").maxAge(Get.ONCE);

    private static final String METRICS = "/metrics";

    /** Stateless. */
    @Activate
    public VllmAdapter() {}

    @Override
    public Match detect(Candidate candidate, Probe probe) {
        VllmFlags flags = VllmFlags.of(candidate);
        // Both listen on no HTTP port; what answers there is something else.
        boolean hinted = candidate.hintedAs("vllm") && !flags.on("--headless") && !flags.on("--grpc");
        VllmIdentity identity = new VllmIdentity(hinted);
        if (!candidate.listening()) {
            return identity.silent();
        }
        Answer version = probe.get(VERSION);
        return identity.judge(version, probe.get(MODELS), () -> probe.get(ENGINES))
                .orElseGet(() -> identity.judge(probe.stream(Get.of(METRICS), VllmMetrics.ALL.reader())
                        .value()
                        .known()));
    }

    @Override
    public Description describe(Engine engine, Probe probe) {
        VllmFlags flags = flags(engine, probe);
        Description.Builder description = Description.builder();
        if (!engine.candidate().listening()) {
            return loading(flags, description).build();
        }
        Answer version = probe.get(VERSION);
        description.version(VllmIdentity.version(version)
                .map(Value::of)
                .orElseGet(() -> Value.unavailable(version.reason(), "/version: " + version.detail())));
        SeriesTable table = VllmMetrics.of(flags);
        Streamed<SeriesPage> page = probe.stream(Get.of(METRICS), table.reader());
        Optional<State> shown = table.reading(METRICS, page).build().state();
        shown.ifPresent(description::state);
        VllmModels models = new VllmModels(
                flags, shown.filter(State.SLEEPING::equals).isPresent() ? ModelState.SLEEPING : ModelState.LOADED);
        Answer answer = probe.get(MODELS);
        List<VllmCard> cards = VllmCard.of(answer.okJson());
        if (cards.isEmpty()) {
            models.guessed(
                    page.value()
                            .known()
                            .map(known -> known.values("model_name"))
                            .orElse(List.of()),
                    answer,
                    description);
        } else {
            models.listed(cards, description);
        }
        VllmConfig.describe(flags, page.value().known(), description);
        return description.build();
    }

    private static Description.Builder loading(VllmFlags flags, Description.Builder description) {
        Answer answer = new Answer.Failed(Reason.LOADING, "the server does not listen yet", Stamp.now());
        new VllmModels(flags, ModelState.LOADING).guessed(List.of(), answer, description);
        VllmConfig.describe(flags, Optional.empty(), description);
        return description.state(State.LOADING).version(Value.unavailable(Reason.LOADING, answer.detail()));
    }

    /** The command line, and the file that it names, if it does. */
    private static VllmFlags flags(Engine engine, Probe probe) {
        VllmFlags flags = VllmFlags.of(engine.candidate());
        return flags.has("--config")
                ? probe.file("--config").known().map(flags::withFile).orElse(flags)
                : flags;
    }

    @Override
    public Reading metrics(Engine engine, Probe probe) {
        VllmFlags flags = VllmFlags.of(engine.candidate());
        SeriesTable table = VllmMetrics.of(flags);
        Streamed<SeriesPage> page =
                engine.candidate().listening() ? probe.stream(Get.of(METRICS), table.reader()) : notYet(Stamp.now());
        // vLLM binds its port and refuses connections until the model is in memory.
        boolean refused = page.value()
                .missing()
                .filter(why -> why.reason() == Reason.UNREACHABLE)
                .isPresent();
        if (refused && engine.match().state() == State.LOADING) {
            page = notYet(page.stamp());
        }
        Reading.Builder reading = table.reading(METRICS, page);
        slots(engine, flags, reading);
        page.value().missing().flatMap(VllmAdapter::state).ifPresent(reading::state);
        if (!page.cut()) {
            page.value().known().ifPresent(known -> reading.changed(fingerprint(known)));
        }
        return reading.build();
    }

    private static Streamed<SeriesPage> notYet(Stamp stamp) {
        return new Streamed<>(0, Value.unavailable(Reason.LOADING, "the server does not listen yet"), false, stamp);
    }

    private static void slots(Engine engine, VllmFlags flags, Reading.Builder reading) {
        Optional<Double> described =
                engine.description().flatMap(known -> known.figures().number(Metric.SLOTS));
        Optional<Double> slots = described.isPresent()
                ? described
                : flags.number("--max-num-seqs").map(Long::doubleValue);
        slots.ifPresentOrElse(
                number -> {
                    reading.gauge(Metric.SLOTS, number);
                    reading.source(
                            Metric.SLOTS, new Source("process", List.of("--max-num-seqs"), Combined.ONLY, Basis.LIVE));
                },
                () -> VllmConfig.slotsUnknown(flags, reading));
    }

    private static Optional<State> state(Value.Unavailable<?> why) {
        return switch (why.reason()) {
            case LOADING -> Optional.of(State.LOADING);
            case NEEDS_KEY -> Optional.of(State.BLOCKED);
            default -> Optional.empty();
        };
    }

    /** What changes when the server has other models, fell asleep, or was started anew with another cache; in no order. */
    private static String fingerprint(SeriesPage page) {
        Set<String> facts = new TreeSet<>(page.values("model_name"));
        facts.addAll(page.values("max_lora"));
        Stream.of("engine_sleep_state", "cache_config_info")
                .flatMap(name -> page.series(name).stream())
                .forEach(sample -> facts.add(sample.key() + sample.value()));
        return UUID.nameUUIDFromBytes(String.join("\n", facts).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
