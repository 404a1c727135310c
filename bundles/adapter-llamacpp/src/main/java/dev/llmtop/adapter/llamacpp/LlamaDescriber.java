// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.ServedModel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a server or a router serves: of {@code /props} and {@code /v1/models}, and where these are closed, of its command line. */
final class LlamaDescriber {
    private static final String TOO_OLD = "builds before b10068 (2026-07) do not tell it";

    private final Engine engine;
    /** Of the server itself; that of a program which has llama.cpp inside has options of its own. */
    private final Optional<Launch> launch;

    private final Description.Builder into = Description.builder();

    LlamaDescriber(Engine engine) {
        this.engine = engine;
        boolean own = engine.candidate().hintedAs(LlamaCppAdapter.KIND);
        launch = engine.candidate().launch().filter(known -> own);
        if (!own && engine.candidate().launch().isPresent()) {
            into.unavailable(
                    "config", Reason.NOT_EXPORTED, "it runs inside another program, whose options are its own");
        } else {
            LlamaConfig.describe(launch, into);
        }
    }

    /** One of which {@code /props} is not known. */
    Description unknown(Answer props, Answer list) {
        Value.Unavailable<?> why = LlamaServer.why(engine, props);
        Reason reason = why.reason();
        String detail = why.detail();
        into.version(Value.unavailable(reason, detail));
        state(props).ifPresent(into::state);
        ModelState modelState = reason == Reason.LOADING ? ModelState.LOADING : ModelState.LOADED;
        List<LlamaModel> models = LlamaModel.of(list.okJson());
        for (LlamaModel model : models) {
            ServedModel.Builder served = listed(model, modelState)
                    .fact(Fact.ROOT, LlamaConfig.root(launch).orElse(""));
            model.contextTokens()
                    .ifPresentOrElse(
                            tokens -> served.fact(Fact.CONTEXT_TOKENS, tokens),
                            () -> served.unavailable(Fact.CONTEXT_TOKENS, reason, detail));
            quantization(served, model.quantization(), reason, detail);
            into.model(served.build());
        }
        if (models.isEmpty()) {
            into.unavailable("models", reason, detail);
            LlamaConfig.model(launch).ifPresent(id -> into.model(guessed(id, modelState, reason, detail)));
        }
        return into.build();
    }

    private ServedModel guessed(String id, ModelState state, Reason reason, String detail) {
        return ServedModel.of(id)
                .state(state)
                .fact(Fact.ROOT, LlamaConfig.root(launch).orElse(""))
                .unavailable(Fact.CONTEXT_TOKENS, reason, detail)
                .unavailable(Fact.QUANTIZATION, reason, detail)
                .build();
    }

    private static Optional<State> state(Answer props) {
        return switch (props.reason()) {
            case LOADING -> Optional.of(State.LOADING);
            case NEEDS_KEY -> Optional.of(State.BLOCKED);
            default -> Optional.empty();
        };
    }

    /** A server with one model. */
    Description server(LlamaProps props, Answer list) {
        common(props);
        into.state(props.asleep() ? State.SLEEPING : State.READY);
        if (props.asleep() || LlamaServer.seenAsleep(engine)) {
            into.config(LlamaServer.SLEEPS, true);
        }
        props.totalSlots().ifPresent(slots -> into.figure(Metric.SLOTS, slots));
        props.metrics().ifPresent(on -> into.config("metricsEndpoint", on));
        props.slots().ifPresent(on -> into.config("slotsEndpoint", on));
        if (!props.inputs().isEmpty()) {
            into.config("inputs", String.join(", ", props.inputs()));
        }
        Optional<LlamaModel> model = LlamaModel.of(list.okJson()).stream().findFirst();
        ModelState state = props.asleep() ? ModelState.SLEEPING : ModelState.LOADED;
        ServedModel.Builder served = model.map(known -> listed(known, state))
                .orElseGet(() -> ServedModel.of(props.model()).state(state));
        if (model.isEmpty()) {
            into.unavailable("models", list.reason(), "/v1/models: " + list.detail());
        }
        served.fact(Fact.ROOT, props.modelPath());
        props.contextTokens()
                .or(() -> model.flatMap(LlamaModel::contextTokens))
                .ifPresentOrElse(
                        tokens -> served.fact(Fact.CONTEXT_TOKENS, tokens),
                        () -> served.unavailable(Fact.CONTEXT_TOKENS, Reason.MALFORMED, "/props has no n_ctx"));
        String listedQuantization = model.map(LlamaModel::quantization).orElse("");
        quantization(
                served,
                props.quantization().isEmpty() ? listedQuantization : props.quantization(),
                Reason.NOT_EXPORTED,
                TOO_OLD);
        into.model(served.build());
        return into.build();
    }

    /** A router: its models are instances of it, each in a process of its own. */
    Description router(LlamaProps props, Answer list, Probe probe) {
        common(props);
        into.state(State.READY).role(Role.ROUTER).config("mode", "router");
        List<LlamaModel> models = LlamaModel.of(list.okJson());
        if (list.status() != 200) {
            into.unavailable("models", list.reason(), "/v1/models: " + list.detail());
        }
        List<Member> members = probe.members();
        for (LlamaModel model : models) {
            ServedModel.Builder served = listed(model, model.state());
            served.fact(
                    Fact.ROOT,
                    model.child()
                            .option("--model", "-m", "--hf-repo", "-hf", "-hfr")
                            .orElse(""));
            String why = "the router tells it of loaded models only";
            model.contextTokens()
                    .ifPresentOrElse(
                            tokens -> served.fact(Fact.CONTEXT_TOKENS, tokens),
                            () -> served.unavailable(Fact.CONTEXT_TOKENS, Reason.NOT_EXPORTED, why));
            quantization(served, model.quantization(), Reason.NOT_EXPORTED, why);
            pid(model, members).ifPresent(pid -> served.fact(Fact.PID, pid));
            into.model(served.build());
        }
        return into.build();
    }

    private static Optional<Long> pid(LlamaModel model, List<Member> members) {
        int port = model.child().port("--port").orElse(0);
        return members.stream()
                .filter(member -> port > 0 && member.endpoint().port() == port)
                .map(member -> member.launch().pid())
                .findFirst();
    }

    private void common(LlamaProps props) {
        into.version(props.buildInfo());
        props.build().ifPresent(number -> into.config("buildNumber", number));
    }

    private static ServedModel.Builder listed(LlamaModel model, ModelState state) {
        ServedModel.Builder served = ServedModel.of(model.id()).state(state);
        model.parameters().ifPresent(count -> served.fact(Fact.PARAMETERS, LlamaDescriber.parameters(count)));
        model.sizeBytes().ifPresent(bytes -> served.fact(Fact.SIZE_BYTES, bytes));
        return served;
    }

    private static void quantization(ServedModel.Builder model, String name, Reason reason, String detail) {
        if (name.isEmpty()) {
            model.unavailable(Fact.QUANTIZATION, reason, detail);
        } else {
            model.fact(Fact.QUANTIZATION, name);
        }
    }

    /** As people say it: {@code 32.8B}, {@code 3.7M}. */
    static String parameters(long count) {
        if (count >= 1_000_000_000L) {
            return String.format(Locale.ROOT, "%.1fB", count / 1e9);
        }
        return count >= 1_000_000L ? String.format(Locale.ROOT, "%.1fM", count / 1e6) : Long.toString(count);
    }
}
