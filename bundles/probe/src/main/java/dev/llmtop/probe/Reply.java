// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import java.util.Optional;

/**
 * What came of a request.
 *
 * @param received the answer; its body is empty where a reader had it
 * @param value what the reader made of it
 */
record Reply<T>(Answer.Received received, Optional<Value<T>> value) {
    int status() {
        return received.status();
    }

    /** Whether it asks for a key. */
    boolean locked() {
        return status() == 401 || status() == 403;
    }
}
