// SPDX-License-Identifier: MIT
package dev.llmtop.tui.filter;

import dev.llmtop.model.Distribution;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.EngineSnapshot.GpuShare;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ProcessInfo;
import dev.llmtop.model.ProcessInfo.ContainerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What a filter sees of a row: of an engine's row its models too, of a model's row its engine too. */
public record FilterRow(EngineSnapshot engine, Optional<ModelSnapshot> model) {
    /** What a plain word is looked for in. */
    Stream<String> words() {
        List<String> words = new ArrayList<>();
        words.add(engine.identity().title());
        words.add(engine.identity().kind());
        words.add(engine.identity().id());
        words.addAll(engine.placement().alsoAt());
        models().map(ModelSnapshot::id).forEach(words::add);
        containers().forEach(words::add);
        return words.stream();
    }

    /** The row's own model, or all of the engine's. */
    Stream<ModelSnapshot> models() {
        return model.isPresent() ? model.stream() : engine.models().stream();
    }

    Stream<String> containers() {
        return engine.placement().process().flatMap(ProcessInfo::container).stream()
                .flatMap(container -> Stream.concat(Stream.of(container.id()), named(container)));
    }

    private static Stream<String> named(ContainerInfo container) {
        return container.name().known().stream();
    }

    Stream<String> users() {
        return engine.placement().process().stream()
                .map(process -> process.owner().user());
    }

    Stream<String> pids() {
        Stream<String> own =
                models().flatMap(one -> one.number(Fact.PID).stream()).map(String::valueOf);
        return Stream.concat(
                own,
                engine.placement().process().stream()
                        .flatMap(process -> process.pids().stream())
                        .map(String::valueOf));
    }

    Stream<String> gpus() {
        return engine.placement().gpu().map(GpuShare::indices).stream()
                .flatMap(List::stream)
                .map(String::valueOf);
    }

    Stream<String> states() {
        return Stream.concat(
                Stream.of(engine.identity().state().code()),
                model.stream().map(one -> one.state().code()));
    }

    /** A number of the row: of the model where it has its own. */
    OptionalDouble number(Metric metric) {
        Optional<Double> own = model.flatMap(one -> one.metrics().number(metric));
        Optional<Double> number = own.isPresent() || hasOwnFigures()
                ? own
                : engine.measured().metrics().number(metric);
        return number.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }

    /** The median of a latency, or its mean where the lowest bucket holds the median: what its cell shows. */
    OptionalDouble median(Metric metric) {
        Optional<Distribution> own = model.flatMap(one -> one.metrics().known(metric, Distribution.class));
        Optional<Distribution> distribution = own.isPresent() || hasOwnFigures()
                ? own
                : engine.measured().metrics().known(metric, Distribution.class);
        return distribution
                .flatMap(one -> one.quantiles().p50().or(one::mean))
                .map(OptionalDouble::of)
                .orElseGet(OptionalDouble::empty);
    }

    private boolean hasOwnFigures() {
        return model.isPresent() && !model.get().metrics().asMap().isEmpty();
    }

    /** Bytes of memory, as its cell shows them. */
    OptionalDouble memory() {
        Optional<Long> bytes = model.isPresent()
                ? model.get().number(Fact.GPU_BYTES)
                : engine.placement().gpu().flatMap(share -> share.memoryBytes().known());
        return bytes.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }

    OptionalDouble uptime() {
        return engine.placement()
                .process()
                .map(process -> OptionalDouble.of(process.owner().uptimeSeconds()))
                .orElseGet(OptionalDouble::empty);
    }
}
