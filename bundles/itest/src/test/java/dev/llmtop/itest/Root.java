// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What only root can arrange on Linux; where it cannot, a test is skipped and says why. */
final class Root {
    private Root() {}

    /** Skips the test unless this is root on Linux with these programs. */
    static void needs(String... programs) {
        assumeTrue("root".equals(System.getProperty("user.name")), "skipped: needs root");
        for (String program : programs) {
            assumeTrue(
                    List.of("/usr/sbin/", "/sbin/", "/usr/bin/", "/bin/").stream()
                            .anyMatch(folder -> Files.isExecutable(Path.of(folder + program))),
                    "skipped: " + program + " is not installed");
        }
    }

    /** Whether a command ended with 0. */
    static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /** Opens a folder and what is in it to every user. */
    static void open(Path folder) throws IOException {
        try (var inside = Files.walk(folder)) {
            for (Path path : inside.toList()) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
            }
        }
    }

    /** Runs the program as {@code nobody}, who has no right to look into root's processes. */
    static Program.Result asNobody(Program program, Path folder, String options) throws Exception {
        open(folder);
        return program.shell(
                        "exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs \"$LLMTOP\" " + options)
                .await();
    }
}
