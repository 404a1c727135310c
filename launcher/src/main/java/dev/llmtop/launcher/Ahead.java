// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.felix.framework.FrameworkFactory;

/** Work that a second processor can do while the first reads the command line and the configuration. */
final class Ahead {
    private Ahead() {}

    /** Makes a framework that is never started: its classes are loaded, and what it reads of the settings is warm. */
    static void loadTheFramework() {
        Thread thread = new Thread(
                () -> {
                    try {
                        new FrameworkFactory().newFramework(FrameworkSettings.of(Path.of("never-used"), false));
                    } catch (IOException | RuntimeException | LinkageError e) {
                        // The real one, made next, says what is wrong.
                    }
                },
                "llmtop-ahead");
        thread.setDaemon(true);
        thread.start();
    }
}
