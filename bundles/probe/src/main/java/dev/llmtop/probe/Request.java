// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.spi.BodyReader;
import java.util.Optional;

/**
 * What is asked.
 *
 * @param path found safe
 * @param deadlineNanos of {@link System#nanoTime}, for all of it
 * @param key whether a key may be sent where one is asked for
 * @param reader of the body of a 200; absent where it is held
 */
record Request<T>(String path, long deadlineNanos, boolean key, Optional<BodyReader<T>> reader) {}
