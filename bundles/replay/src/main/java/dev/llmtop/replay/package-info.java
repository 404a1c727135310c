// SPDX-License-Identifier: MIT
/**
 * Recorded snapshots as if they were live: a file or a pipe is cut into documents, the documents are kept on disk and known by their
 * times, and a player hands one after the other to every listener.
 */
@NullMarked
package dev.llmtop.replay;

import org.jspecify.annotations.NullMarked;
