// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import dev.llmtop.spi.Endpoint;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A {@link FakeVllm} as a process tree of its own, which looks like vLLM to whoever reads argument vectors: a launcher script named
 * {@code vllm} run as {@code bash DIRECTORY/vllm serve MODEL --port N ...}, and below it a child that listens.
 */
public final class EngineProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final String SCRIPT = """
            #!/usr/bin/env bash
            # Stands for the launcher script of vLLM; the server is its child.
            "$FAKE_VLLM_JAVA" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m dev.llmtop.testkit.FakeVllm "$@" &
            trap 'kill "$!"' TERM INT
            wait
            """;

    private final Process process;
    private final int port;
    private final Path output;

    private EngineProcess(Process process, int port, Path output) {
        this.process = process;
        this.port = port;
        this.output = output;
    }

    /**
     * Starts one that looks like vLLM and returns once it listens on 127.0.0.1.
     *
     * @param directory where the script is written
     * @param port 0 for a free one
     * @param moreArguments after {@code serve MODEL --port N}
     * @param environment more of it
     */
    public static EngineProcess vllm(
            Path directory,
            String model,
            double tokensPerSecond,
            int port,
            List<String> moreArguments,
            Map<String, String> environment) {
        int chosen = port == 0 ? freePort() : port;
        try {
            Path script = Files.writeString(directory.resolve("vllm"), SCRIPT);
            List<String> command = new ArrayList<>(
                    List.of("bash", script.toString(), "serve", model, "--port", Integer.toString(chosen)));
            command.addAll(moreArguments);
            Map<String, String> more = new HashMap<>(environment);
            more.put(FakeVllm.SPEED, Double.toString(tokensPerSecond));
            return start(directory.resolve("vllm.out"), command, chosen, more, FakeVllm.class);
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }

    /**
     * Starts the main method of a class as a process that no command line gives away, and returns once it listens.
     *
     * @param directory where its output is written
     * @param main given {@code serve NAME --port N}, as {@link FakeVllm#main}
     * @param environment more of it
     */
    public static EngineProcess unnamed(Path directory, Class<?> main, String name, Map<String, String> environment) {
        int port = freePort();
        List<String> command = List.of(
                java(), "-XX:TieredStopAtLevel=1", "-Xmx64m", main.getName(), "serve", name, "--port", "" + port);
        return start(directory.resolve(main.getSimpleName() + ".out"), command, port, environment, main);
    }

    private static EngineProcess start(
            Path output, List<String> command, int port, Map<String, String> environment, Class<?> main) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("FAKE_VLLM_JAVA", java());
        builder.environment().put("CLASSPATH", classPath(main));
        builder.environment().putAll(environment);
        try {
            EngineProcess started = new EngineProcess(builder.start(), port, output);
            started.awaitListening();
            return started;
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A port that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Its canonical address. */
    public String id() {
        return "127.0.0.1:" + port;
    }

    /** The pid of the launcher script. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroy();
        below.forEach(ProcessHandle::destroyForcibly);
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** What it printed so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The places that it needs: its own, this bundle and the api. */
    private static String classPath(Class<?> main) {
        return String.join(File.pathSeparator, place(main), place(FakeVllm.class), place(Endpoint.class));
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void awaitListening() {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 300);
                return;
            } catch (IOException notYet) {
                if (exited()) {
                    break;
                }
            }
        }
        close();
        throw new IllegalStateException("the engine does not listen on " + port + ": " + output());
    }

    /** Whether it exited; waits a moment for it. */
    private boolean exited() {
        try {
            return process.waitFor(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
