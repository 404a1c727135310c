// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Launch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the command line of an SGLang server says. Source: sgl-project/sglang, python/sglang/srt/server_args.py.
 *
 * @param known whether the command line of the server could be read
 * @param launch the program and all that it was given
 */
record SglangFlags(boolean known, Launch launch) {
    private static final String MODULE = "sglang.launch_server";

    /** Of the server's own process, or of the one above it that started it: a child with a title has lost its arguments. */
    static SglangFlags of(Candidate candidate) {
        return Stream.concat(candidate.launch().stream(), candidate.ancestors().stream())
                .filter(SglangFlags::isServer)
                .findFirst()
                .map(launch -> new SglangFlags(true, launch))
                .orElseGet(() -> new SglangFlags(false, new Launch(0, "", List.of(), Map.of())));
    }

    private static boolean isServer(Launch launch) {
        return launch.program().equals(MODULE)
                || launch.program().equals("sglang")
                        && launch.firstPositional().filter("serve"::equals).isPresent();
    }

    /** Whether it serves no API: a node of a higher rank answers health checks only, gRPC is no HTTP. */
    boolean servesNothing() {
        OptionalLong rank = launch.number("--node-rank");
        return launch.has("--grpc-mode") || rank.isPresent() && rank.getAsLong() > 0;
    }

    /** Whether it certainly exports no metrics page; a file of settings may still switch it on. */
    boolean metricsOff() {
        return known && !launch.has("--enable-metrics", "--config");
    }

    /** Whether it was started to speculate. */
    boolean speculates() {
        return launch.has("--speculative-algorithm", "--speculative-algo");
    }

    /** Whether it was started to make vectors and no text. */
    boolean embeds() {
        return launch.has("--is-embedding");
    }

    Optional<String> text(String... names) {
        return launch.option(names).filter(value -> !value.isEmpty());
    }

    Optional<Long> number(String... names) {
        OptionalLong number = launch.number(names);
        return number.isPresent() && number.getAsLong() >= 0 ? Optional.of(number.getAsLong()) : Optional.empty();
    }

    /** What was loaded: a path or a repository. */
    Optional<String> model() {
        List<String> arguments = launch.arguments();
        boolean positional = arguments.size() > 1
                && arguments.get(0).equals("serve")
                && !arguments.get(1).startsWith("-");
        return text("--model-path", "--model").or(() -> positional ? Optional.of(arguments.get(1)) : Optional.empty());
    }

    /** What clients call it. */
    Optional<String> servedName() {
        return text("--served-model-name").or(this::model);
    }
}
