// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.EngineAdapter;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Strength;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** An adapter for tests, and the properties of its service. */
final class ToyAdapter implements EngineAdapter {
    final Map<String, Object> properties = new LinkedHashMap<>();
    private final BiFunction<Candidate, Probe, Match> detect;

    ToyAdapter(String kind, BiFunction<Candidate, Probe, Match> detect) {
        this.detect = detect;
        properties.put("llmtop.kind", kind);
        properties.put("llmtop.title", kind + "!");
        properties.put("llmtop.paths", new String[0]);
    }

    /** Recognizes what answers {@code path} with {@code {"engine": kind}}. */
    static ToyAdapter recognizing(String kind, String path, Strength strength) {
        return new ToyAdapter(kind, (candidate, probe) -> {
                    boolean its = probe.get(Get.of(path))
                            .okJson()
                            .path("engine")
                            .asText()
                            .equals(kind);
                    return its
                            ? Match.of(strength)
                                    .because("fingerprint", path + " says " + kind)
                                    .build()
                            : Match.none();
                })
                .paths(path);
    }

    ToyAdapter paths(String... paths) {
        properties.put("llmtop.paths", paths);
        return this;
    }

    ToyAdapter memberPaths(String... paths) {
        properties.put("llmtop.memberPaths", paths);
        return this;
    }

    ToyAdapter ports(int... ports) {
        properties.put("llmtop.ports", Arrays.copyOf(ports, ports.length));
        return this;
    }

    ToyAdapter commands(String... commands) {
        properties.put("llmtop.commands", commands);
        return this;
    }

    ToyAdapter backends() {
        properties.put("llmtop.children", "BACKENDS");
        return this;
    }

    ToyAdapter ranking(int ranking) {
        properties.put("service.ranking", ranking);
        return this;
    }

    @Override
    public Match detect(Candidate candidate, Probe probe) {
        return detect.apply(candidate, probe);
    }

    @Override
    public Description describe(Engine engine, Probe probe) {
        return Description.builder().build();
    }

    @Override
    public Reading metrics(Engine engine, Probe probe) {
        return Reading.builder(Stamp.now()).build();
    }
}
