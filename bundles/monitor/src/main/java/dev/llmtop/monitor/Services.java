// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.Discovery;
import dev.llmtop.agent.Probes;
import dev.llmtop.agent.ProcessTable;

/** What is there for as long as the monitor is. */
record Services(Adapters adapters, Discovery discovery, Probes probes, ProcessTable processTable) {}
