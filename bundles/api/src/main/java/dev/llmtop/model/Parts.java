// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Numbers by name, such as waiting requests by reason.
 *
 * @param byName finite numbers, ordered by name; names are cleaned text
 */
public record Parts(Map<String, Double> byName) {
    public Parts {
        byName.forEach((name, number) -> new Value.Known<>(number));
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    }
}
