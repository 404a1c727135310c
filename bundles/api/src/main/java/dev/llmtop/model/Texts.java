// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.List;

/**
 * Names in order, such as the LoRA adapters in use.
 *
 * @param values cleaned text
 */
public record Texts(List<String> values) {
    public Texts {
        values = List.copyOf(values);
    }
}
