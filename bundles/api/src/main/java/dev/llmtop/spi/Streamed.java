// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import dev.llmtop.model.Value;

/**
 * What came of a streamed {@link Get}.
 *
 * @param status 0 where there was no answer
 * @param value what the reader made of a 200; else the reason, as {@link Answer#reason()}
 * @param cut whether the body was cut at its cap, at its deadline, or broke off: what was read stands
 * @param stamp when
 */
public record Streamed<T>(int status, Value<T> value, boolean cut, Stamp stamp) {}
