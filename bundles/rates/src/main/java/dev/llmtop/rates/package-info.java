// SPDX-License-Identifier: MIT
/**
 * Rates and windowed quantiles from readings: pure functions of a window. Every series is followed by itself; a drop is a reset,
 * and what happened across it is unknown. Time is monotonic, from the stamps of the readings.
 */
@NullMarked
package dev.llmtop.rates;

import org.jspecify.annotations.NullMarked;
