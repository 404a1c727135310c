// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.List;

/**
 * Numbers by position, such as the acceptance ratio of each draft position, or the load averages.
 *
 * @param values finite numbers
 */
public record Numbers(List<Double> values) {
    public Numbers {
        values = List.copyOf(values);
        values.forEach(Value.Known::new);
    }
}
