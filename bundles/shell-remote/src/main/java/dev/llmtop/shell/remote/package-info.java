// SPDX-License-Identifier: MIT
/** The running program for other terminals of the same user: its command language and its snapshots, over a Unix domain socket. */
@NullMarked
package dev.llmtop.shell.remote;

import org.jspecify.annotations.NullMarked;
