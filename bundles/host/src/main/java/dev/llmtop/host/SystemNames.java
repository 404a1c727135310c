// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.model.Text;
import java.util.Optional;

/** What the Java runtime says of the machine. */
final class SystemNames {
    private SystemNames() {}

    /** Such as {@code Linux 6.8.0-41-generic}. */
    static String os() {
        return Text.clean(System.getProperty("os.name", "") + " " + System.getProperty("os.version", ""))
                .strip();
    }

    /** As {@code uname -m} has it: {@code x86_64}, {@code aarch64}. */
    static String architecture() {
        String name = System.getProperty("os.arch", "");
        return name.equals("amd64") ? "x86_64" : Text.clean(name);
    }

    /** The host's name where the system does not tell it: a look-up could hang. */
    static String host() {
        return Text.clean(Optional.ofNullable(System.getenv("HOSTNAME")).orElse("localhost"));
    }

    static boolean isLinux() {
        return System.getProperty("os.name", "").startsWith("Linux");
    }
}
