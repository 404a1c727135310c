// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.spi.Endpoint;
import dev.llmtop.testkit.FakeVllm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** A process that looks like vLLM to whoever reads argument vectors, started in any way and served by any class. */
record ScriptedEngine(Process process) implements AutoCloseable {
    private static final String SCRIPT = """
            #!/usr/bin/env bash
            "$FAKE_JAVA" -XX:TieredStopAtLevel=1 -Xmx64m "$FAKE_MAIN" "$@" &
            trap 'kill "$!"' TERM INT
            wait
            """;

    /**
     * Starts one.
     *
     * @param before words before the command, such as {@code ip netns exec}
     * @param arguments of {@code vllm}
     * @param ready when it serves
     */
    static ScriptedEngine start(
            Path folder, List<String> before, Class<?> main, List<String> arguments, Callable<Boolean> ready)
            throws Exception {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                "bash", Files.writeString(folder.resolve("vllm"), SCRIPT).toString()));
        command.addAll(arguments);
        return run(folder.resolve("engine.out"), command, main, ready);
    }

    /** Starts any script, which finds a Java and the class to run in its environment; what it prints goes to {@code sh.out}. */
    static ScriptedEngine script(Path folder, List<String> command, Class<?> main, Callable<Boolean> ready)
            throws Exception {
        return run(folder.resolve("sh.out"), command, main, ready);
    }

    private static ScriptedEngine run(Path output, List<String> command, Class<?> main, Callable<Boolean> ready)
            throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .put(
                        "FAKE_JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.environment().put("FAKE_MAIN", main.getName());
        builder.environment()
                .put(
                        "CLASSPATH",
                        String.join(File.pathSeparator, place(main), place(FakeVllm.class), place(Endpoint.class)));
        ScriptedEngine engine = new ScriptedEngine(builder.start());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> ready.call() || !engine.process().isAlive());
        assertThat(engine.process().isAlive()).as(Files.readString(output)).isTrue();
        return engine;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    private static String place(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
