// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real {@code libnvidia-ml.so.1} without a GPU, built by the system's C compiler from {@code fake-nvml.c}, whose head says what
 * the environment of the process that loads it can set: {@code FAKE_NVML} names the scenario.
 *
 * @param library the file
 */
public record FakeNvml(Path library) {
    private static final String SOURCE = "fake-nvml.c";
    private static final int MOST_SECONDS = 60;

    /** How old the driver is that it plays: what older ones lack is really absent from the library. */
    public enum Age {
        /** All functions. */
        CURRENT,
        /** No third form of the process lists, no second of memory: before 510. */
        WITHOUT_THIRD_FORMS,
        /** First forms only. */
        FIRST_FORMS_ONLY
    }

    /**
     * Builds the library in a folder.
     *
     * @return empty where the machine has no C compiler; a test then says in one line that it was skipped
     * @throws AssertionError where the compiler fails
     */
    public static Optional<FakeNvml> build(Path folder, Age age) throws IOException, InterruptedException {
        Optional<Path> compiler = compiler();
        if (compiler.isEmpty()) {
            return Optional.empty();
        }
        Path source = folder.resolve(SOURCE);
        try (InputStream in = FakeNvml.class.getResourceAsStream(SOURCE)) {
            if (in == null) {
                throw new AssertionError(SOURCE + " is missing");
            }
            Files.write(source, in.readAllBytes());
        }
        Path library = folder.resolve("libnvidia-ml.so.1");
        List<String> command = new ArrayList<>(List.of(compiler.get().toString(), "-shared", "-fPIC", "-O1"));
        switch (age) {
            case CURRENT -> command.add("-DFAKE_CURRENT");
            case WITHOUT_THIRD_FORMS -> command.add("-DFAKE_NO_V3");
            case FIRST_FORMS_ONLY -> command.add("-DFAKE_ONLY_V1");
        }
        command.addAll(List.of("-fvisibility=hidden", "-o", library.toString(), source.toString()));
        run(command, folder.resolve("compiler.txt"));
        return Optional.of(new FakeNvml(library));
    }

    /** The system's C compiler, where it has one. */
    public static Optional<Path> compiler() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        for (String name : List.of("cc", "gcc", "clang")) {
            for (String directory : path.split(File.pathSeparator, -1)) {
                Path file = Path.of(directory.isEmpty() ? "." : directory, name);
                if (Files.isExecutable(file)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    private static void run(List<String> command, Path output) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " failed: " + Files.readString(output));
        }
    }
}
