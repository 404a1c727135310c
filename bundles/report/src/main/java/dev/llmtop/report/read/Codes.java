// SPDX-License-Identifier: MIT
package dev.llmtop.report.read;

import dev.llmtop.model.Reason;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Codes of the contract as constants; a code of a later version is not known. */
final class Codes {
    private Codes() {}

    static <E> Optional<E> find(E[] constants, Function<E, String> code, String word) {
        return Arrays.stream(constants)
                .filter(constant -> code.apply(constant).equals(word))
                .findFirst();
    }

    /** The constant of a field; where the code is not known it is {@code otherwise}, and the gaps say so. */
    static <E> E of(E[] constants, Function<E, String> code, JsonFields fields, String name, E otherwise, JsonGaps gaps)
            throws UnreadableException {
        String word = fields.text(name);
        Optional<E> found = find(constants, code, word);
        if (found.isEmpty()) {
            gaps.put(name, Reason.MALFORMED, "'" + word + "' is not known to this version");
        }
        return found.orElse(otherwise);
    }
}
