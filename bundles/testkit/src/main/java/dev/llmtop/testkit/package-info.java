// SPDX-License-Identifier: MIT
/** What an adapter author tests with. */
@NullMarked
package dev.llmtop.testkit;

import org.jspecify.annotations.NullMarked;
