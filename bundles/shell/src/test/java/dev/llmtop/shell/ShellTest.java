// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.GpuDiagnostics;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellTest {
    private final FakeAgent agent = new FakeAgent();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    // Gogo hangs itself into the standard streams of the process: once, since a command that ends late keeps it there.
    private static final ThreadIOImpl THREADS = new ThreadIOImpl();
    private CommandProcessorImpl processor;
    private Commands commands;

    /** Commands of other bundles. */
    public static final class Others {
        private final CountDownLatch slowIsRunning = new CountDownLatch(1);

        public void lb() {
            System.out.println("0|Active| 0|System Bundle");
        }

        public void slow() throws InterruptedException {
            slowIsRunning.countDown();
            new CountDownLatch(1).await();
        }

        public void fail() {
            throw new IllegalStateException("two\nlines \u001b[31m");
        }

        public boolean grep(String word) throws IOException {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            boolean found = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.contains(word)) {
                    System.out.println(line);
                    found = true;
                }
            }
            return found;
        }
    }

    private final Others others = new Others();

    @BeforeAll
    static void takeTheStandardStreams() {
        THREADS.start();
    }

    @AfterAll
    static void giveTheStandardStreamsBack() {
        THREADS.stop();
    }

    @BeforeEach
    void startGogo() {
        processor = new CommandProcessorImpl(THREADS);
        commands = new Commands(agent, agent);
        for (String name :
                List.of("engines", "engine", "gpus", "snapshot", "evidence", "adapters", "rediscover", "enable")) {
            processor.addCommand("llmtop", commands, name);
        }
        for (String name : List.of("lb", "slow", "fail")) {
            processor.addCommand("felix", others, name);
        }
        processor.addCommand("gogo", others, "grep");
        processor.addConverter(new Results((snapshot, indented) -> "{\"indented\":" + indented + "}"));
    }

    @AfterEach
    void stopGogo() {
        processor.stop();
    }

    @Test
    void enginesAreATable() {
        assertThat(run("engines"))
                .containsExactly(
                        "ID              KIND    STATE  MODEL      DECODE  RUN  WAIT   KV",
                        "127.0.0.1:8000  vllm    ready  qwen3-32b     143    3   off  31%",
                        "127.0.0.1:9001  openai  ready  qwen3-32b     143    3   off  31%");
    }

    @Test
    void wideEnginesHaveTheirAddressAndProcess() {
        assertThat(run("engines -w").get(1))
                .startsWith("127.0.0.1:8000  vllm    ready  http://127.0.0.1:8000  0.11.0   prm  qwen3-32b");
    }

    @Test
    void resultsCanBePiped() {
        assertThat(run("engines | grep vllm"))
                .containsExactly("127.0.0.1:8000  vllm    ready  qwen3-32b     143    3   off  31%");
    }

    @Test
    void anEngineIsShownByIdOrPort() {
        List<String> lines = run("engine 127.0.0.1:8000");
        assertThat(lines)
                .contains(
                        "engine    vLLM 0.11.0, engine, ready, http://127.0.0.1:8000",
                        "config    tensorParallel 1",
                        "model     qwen3-32b  loaded, primary",
                        "metric    kvCacheUsedRatio 0.312",
                        "metric    generationTokensPerSecond 143.2",
                        "missing   metrics.waiting  disabled: --disable-log-stats is set",
                        "missing   process  no-permission: another user's",
                        "evidence  + process  argv[1] is serve of vllm");
        assertThat(run("engine 8000")).isEqualTo(lines);
        assertThat(run("engine 127.0.0.1:8000 | grep kvCache")).containsExactly("metric    kvCacheUsedRatio 0.312");
    }

    @Test
    void anUnknownIdIsOneLineThatNamesTheOthers() {
        assertThat(run("engine 127.0.0.1:1"))
                .containsExactly("no engine '127.0.0.1:1'; there is 127.0.0.1:8000, 127.0.0.1:9001");
    }

    @Test
    void textFromOutsideIsCleaned() {
        assertThat(run("engine 9001").get(0))
                .isEqualTo("engine    OpenAI?[2J 0.11.0, engine, ready, http://127.0.0.1:9001");
    }

    @Test
    void gpusAreATableWithReasons() {
        assertThat(run("gpus"))
                .containsExactly(
                        "GPU  NAME         STATE   UTIL  USED  TOTAL  WATTS  CELSIUS  PROCESSES",
                        "  0  NVIDIA H100  active   87%                 n/s                   0");
    }

    @Test
    void theCallsBehindTheGpusAreATable() {
        commands.bindDiagnostics(() -> List.of(
                new GpuDiagnostics.Call("", "nvmlInit_v2", OptionalInt.of(0), "Success (0)", ""),
                new GpuDiagnostics.Call("0", "nvmlDeviceGetMemoryInfo", OptionalInt.of(3), "Not Supported (3)", ""),
                new GpuDiagnostics.Call("0", "nvmlDeviceGetFanSpeed_v2", OptionalInt.empty(), "no such function", ""),
                new GpuDiagnostics.Call("0", "nvmlDeviceGetName", OptionalInt.of(0), "Success (0)", "GB10\u001b[2J")));

        assertThat(run("gpus --raw"))
                .containsExactly(
                        "GPU  CALL                      CODE  OUTCOME            VALUE",
                        "     nvmlInit_v2                  0  Success (0)",
                        "0    nvmlDeviceGetMemoryInfo      3  Not Supported (3)",
                        "0    nvmlDeviceGetFanSpeed_v2        no such function",
                        "0    nvmlDeviceGetName            0  Success (0)        GB10[2J");
        assertThat(run("gpus --raw | grep FanSpeed")).hasSize(1);
    }

    @Test
    void aSnapshotIsJson() {
        assertThat(run("snapshot")).containsExactly("{\"indented\":true}");
    }

    @Test
    void evidenceIsThatOfAnEngineOrOfACandidate() {
        assertThat(run("evidence 127.0.0.1:8000"))
                .containsExactly(
                        "VERDICT     SIGNAL   SAYS",
                        "for         process  argv[1] is serve of vllm",
                        "unreadable  owner    socket of another user");
        assertThat(run("evidence 3000"))
                .containsExactly("ADDRESS         VERDICT        WHY", "127.0.0.1:3000  not-an-engine  an HTML page");
        assertThat(run("evidence 1")).hasSize(1).allMatch(line -> line.startsWith("no engine '1'"));
    }

    @Test
    void adaptersAreListedAndSwitchedOn() {
        assertThat(run("adapters"))
                .containsExactly(
                        "KIND  TITLE  STATE   BUNDLE                         DETAIL",
                        "vllm  vLLM   active  dev.llmtop.adapter.vllm 0.1.0");
        assertThat(run("enable ollama")).containsExactly("ollama is on again");
        assertThat(run("enable vllm")).containsExactly("no adapter of kind 'vllm' is switched off");
    }

    @Test
    void rediscoverAsksTheAgent() {
        assertThat(run("rediscover")).containsExactly("looking again");
        assertThat(agent.rediscoveries).hasValue(1);
    }

    @Test
    void aCommandWaitsForTheFirstScan() {
        agent.scans.set(3);
        assertThat(run("engines")).hasSize(3);
    }

    @Test
    void theOutputOfAScriptStandsInItsOrder() {
        assertThat(run("lb\n\n# a comment\nfail\nnosuch\nengines | grep openai\nrediscover"))
                .containsExactly(
                        "0|Active| 0|System Bundle",
                        "two lines [31m",
                        "Command not found: nosuch",
                        "127.0.0.1:9001  openai  ready  qwen3-32b     143    3   off  31%",
                        "looking again");
    }

    @Test
    void exitAndQuitEndAScriptEarly() {
        assertThat(run("rediscover\nexit\nrediscover")).containsExactly("looking again");
        assertThat(run("  quit \nrediscover")).isEmpty();
    }

    @Test
    void aPromptStandsBeforeEachLineOfAPerson() {
        prompt(in("rediscover\n"), output, true).run();
        assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("llmtop> looking again\nllmtop> ");
    }

    @Test
    void aClosedOutputEndsTheScript() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        prompt(in("engines\nrediscover\n"), closed, false).run();
        assertThat(agent.rediscoveries).hasValue(0);
    }

    @Test
    void theEndOfTheInputEndsTheProgramWithZero() throws InterruptedException {
        AtomicInteger exit = new AtomicInteger(-1);
        CountDownLatch ended = new CountDownLatch(1);
        new Console(prompt(in("rediscover"), output, false), status -> {
            exit.set(status);
            ended.countDown();
        });
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(exit).hasValue(0);
    }

    @Test
    void aStopBreaksOffTheCommandThatRuns() throws IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        PipedOutputStream person = new PipedOutputStream();
        Console console = new Console(prompt(new PipedInputStream(person), output, false), status -> ended.countDown());
        person.write("slow\nrediscover\n".getBytes(StandardCharsets.UTF_8));
        person.flush();
        assertThat(others.slowIsRunning.await(20, TimeUnit.SECONDS)).isTrue();
        console.stop();
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(agent.rediscoveries).hasValue(0);
    }

    @Test
    void aFileOfJavaIsNoStandardInput(@TempDir Path directory) throws IOException {
        Path home = Files.createDirectories(directory.resolve("java/lib")).getParent();
        Files.writeString(home.resolve("lib/modules"), "rediscover\n");
        Path taken = Files.createSymbolicLink(directory.resolve("0"), home.resolve("lib/modules"));
        Path free = Files.createSymbolicLink(directory.resolve("1"), Files.createFile(directory.resolve("script")));
        assertThat(Console.input(taken, home)).isNotInstanceOf(FileInputStream.class);
        assertThat(Console.input(free, home)).isInstanceOf(FileInputStream.class);
        assertThat(Console.input(directory.resolve("nothing"), home)).isInstanceOf(FileInputStream.class);
    }

    private List<String> run(String script) {
        output.reset();
        prompt(in(script), output, false).run();
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static InputStream in(String script) {
        return new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8));
    }

    private Prompt prompt(InputStream in, OutputStream out, boolean prompting) {
        PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
        return new Prompt(processor, Prompt.Terminal.of(in, stream, stream, StandardCharsets.UTF_8, prompting));
    }
}
