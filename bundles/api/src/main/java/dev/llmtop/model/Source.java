// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.List;

/**
 * Where a figure comes from.
 *
 * @param path the request's path, or {@code process} for the command line
 * @param series the names of the engine's own series or fields; may be empty
 * @param combined how several series became one figure
 * @param basis how the source moves
 */
public record Source(String path, List<String> series, Combined combined, Basis basis) {
    public Source {
        series = List.copyOf(series);
    }
}
