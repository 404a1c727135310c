// SPDX-License-Identifier: MIT
/** Rates and windowed quantiles from readings. */
@NullMarked
package dev.llmtop.rates;

import org.jspecify.annotations.NullMarked;
