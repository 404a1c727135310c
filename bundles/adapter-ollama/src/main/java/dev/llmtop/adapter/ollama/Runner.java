// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A child of the server that holds one model: found by its listener, known by its command line (ollama/ollama, llm/llama_server.go,
 * runner/runner.go).
 *
 * @param model the value of {@code --model}
 * @param blob the file name of its weights, {@code sha256-…}; empty where the model is no such file
 * @param totalTokens {@code -c}: context of all its slots
 * @param parallel {@code -np}
 */
record Runner(Member member, Kind kind, String model, String blob, OptionalLong totalTokens, long parallel) {
    private static final Pattern BLOB = Pattern.compile("(?:^|[/\\\\])(sha256[-:][0-9a-f]{12,64})$");

    /** What it speaks. */
    enum Kind {
        /** An upstream llama-server: since 0.30. */
        LLAMA_SERVER,
        /** Ollama's own runners, to 0.24 and for some models after it. */
        LEGACY,
        /** For Apple's MLX. */
        MLX
    }

    /** The runners among the listening processes of the server's tree. */
    static List<Runner> among(List<Member> members) {
        List<Runner> runners = new ArrayList<>();
        members.forEach(member -> of(member).ifPresent(runners::add));
        return runners;
    }

    /** Without a model it is one of the short-lived children that look for GPUs. */
    private static Optional<Runner> of(Member member) {
        Launch launch = member.launch();
        Optional<String> model = launch.option("--model", "-m");
        return model.isEmpty() ? Optional.empty() : kind(launch).map(kind -> of(member, kind, model.get()));
    }

    private static Runner of(Member member, Kind kind, String model) {
        Launch launch = member.launch();
        OptionalLong parallel = launch.number("-np", "--parallel");
        return new Runner(
                member, kind, model, blobOf(model), launch.number("-c", "--ctx-size"), Math.max(1, parallel.orElse(1)));
    }

    private static Optional<Kind> kind(Launch launch) {
        return switch (launch.program()) {
            case "llama-server" -> launch.has("--list-devices") ? Optional.empty() : Optional.of(Kind.LLAMA_SERVER);
            case "ollama_llama_server" -> Optional.of(Kind.LEGACY);
            case "ollama" ->
                launch.firstPositional().filter("runner"::equals).isEmpty()
                        ? Optional.empty()
                        : Optional.of(launch.has("--mlx-engine") ? Kind.MLX : Kind.LEGACY);
            default -> Optional.empty();
        };
    }

    /** The file name of a blob in a path; empty where the path names none. */
    static String blobOf(String path) {
        Matcher blob = BLOB.matcher(path);
        return blob.find() ? blob.group(1).replace(':', '-') : "";
    }

    /** What a model goes by whose name cannot be told: enough of its digest to find the file. */
    String label() {
        return blob.isEmpty() ? model : blob.substring(0, Math.min(blob.length(), "sha256-".length() + 12));
    }

    /** Whether a model of this context may be its. */
    boolean mayHave(OptionalLong contextTokens) {
        return totalTokens.isEmpty()
                || contextTokens.isEmpty()
                || contextTokens.getAsLong() * parallel == totalTokens.getAsLong();
    }

    long pid() {
        return member.launch().pid();
    }

    int port() {
        return member.endpoint().port();
    }
}
