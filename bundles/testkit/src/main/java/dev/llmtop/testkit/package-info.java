// SPDX-License-Identifier: MIT
/**
 * What an adapter author tests with: real servers on real loopback ports, well behaved ({@link
 * dev.llmtop.testkit.EngineServer}), recorded ({@link dev.llmtop.testkit.CaseFolder}) and hostile ({@link
 * dev.llmtop.testkit.HostileServers}), and a probe that fails the test on an undeclared path. Needs no test framework: what is wrong
 * is an {@link AssertionError}.
 *
 * <p>Contract 1.0. A minor version may add servers, hostilities, recorded engines and fields of {@code expected.json}; a case folder that
 * could be read stays readable.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.llmtop.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
