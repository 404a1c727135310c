// SPDX-License-Identifier: MIT
/** What slf4j 1.7 binds to by name. */
@Export
@Version("1.7.36")
@NullMarked
package org.slf4j.impl;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
