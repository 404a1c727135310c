// SPDX-License-Identifier: MIT
/** Inner contracts between llmtop's own bundles. No promise to strangers: may change in any release. */
@NullMarked
@Export
@Version("0.1.0")
package dev.llmtop.agent;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
