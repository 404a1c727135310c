// SPDX-License-Identifier: MIT
/**
 * What Linux shows of the cards of its direct rendering manager, whoever made them: cards and their sensors by sysfs, their clients
 * by {@code fdinfo}. No bundle of its own: it lies inside those that use it.
 */
@NullMarked
package dev.llmtop.gpu.drm;

import org.jspecify.annotations.NullMarked;
