// SPDX-License-Identifier: MIT
/** Tests of the built distribution; nothing here ships. */
@NullMarked
package dev.llmtop.itest;

import org.jspecify.annotations.NullMarked;
