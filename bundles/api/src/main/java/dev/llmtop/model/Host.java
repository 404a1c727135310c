// SPDX-License-Identifier: MIT
package dev.llmtop.model;

/**
 * The machine that llmtop runs on.
 *
 * @param name host name
 * @param os such as {@code Linux 6.8}
 * @param architecture such as {@code aarch64}
 * @param cpu model name; may be empty
 * @param logicalCpus at least 1
 * @param figures of the moment
 */
public record Host(
        String name, String os, String architecture, String cpu, int logicalCpus, Figures<HostMetric> figures) {}
