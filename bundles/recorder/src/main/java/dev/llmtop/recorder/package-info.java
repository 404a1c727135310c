// SPDX-License-Identifier: MIT
/** {@code llmtop record}: what an engine answers its adapter, without secrets, as a case for tests. */
@NullMarked
package dev.llmtop.recorder;

import org.jspecify.annotations.NullMarked;
