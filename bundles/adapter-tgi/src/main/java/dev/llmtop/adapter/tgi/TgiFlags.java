// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.tgi;

import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Launch;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the launcher and the router were given; each option is also a variable of the environment. Source:
 * huggingface/text-generation-inference, launcher/src/main.rs.
 *
 * @param launches of the tree, the nearest first; the launcher hands its options down to the router, not all of them
 */
record TgiFlags(List<Launch> launches) {
    TgiFlags {
        launches = List.copyOf(launches);
    }

    static TgiFlags of(Candidate candidate) {
        return new TgiFlags(Stream.concat(candidate.launch().stream(), candidate.ancestors().stream())
                .filter(launch -> launch.program().startsWith("text-generation-"))
                .toList());
    }

    /** Whether a command line could be read. */
    boolean known() {
        return !launches.isEmpty();
    }

    /** An option by its long name, such as {@code --num-shard}. */
    Optional<String> text(String option) {
        String variable = option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
        return launches.stream()
                .map(launch -> launch.option(option)
                        .or(() -> Optional.ofNullable(launch.environment().get(variable))))
                .flatMap(Optional::stream)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** An option that is a whole number. */
    Optional<Long> number(String option) {
        return text(option).map(TgiFlags::parsed).filter(number -> number >= 0);
    }

    private static long parsed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }
}
