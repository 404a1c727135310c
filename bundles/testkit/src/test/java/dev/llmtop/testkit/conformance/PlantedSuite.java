// SPDX-License-Identifier: MIT
package dev.llmtop.testkit.conformance;

import dev.llmtop.testkit.TestedAdapter;
import java.nio.file.Path;

/** A suite that is run by a test, not by JUnit. */
record PlantedSuite(TestedAdapter tested, Path cases, Path readme) implements AdapterConformance {}
