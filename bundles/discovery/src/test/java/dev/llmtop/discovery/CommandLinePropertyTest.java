// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.Use;
import dev.llmtop.model.Text;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Launch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Command lines are anyone's to choose: none breaks their reading, and none makes an address that is none. */
class CommandLinePropertyTest {
    @Property(tries = 3_000)
    void anyVectorIsReadAndItsArgumentsAreItsOwnEnd(@ForAll("vectors") List<String> argv) {
        CommandLine command = CommandLine.of(argv);

        int from = argv.size() - command.arguments().size();
        assertThat(argv.subList(from, argv.size())).isEqualTo(command.arguments());
        if (command.form() != CommandLine.Form.MODULE && command.form() != CommandLine.Form.TITLE) {
            assertThat(command.program()).doesNotContain("/");
        }
    }

    @Property(tries = 3_000)
    void anyVectorHasARoleAndAnAddressThatCanBeShownOrNone(@ForAll("vectors") List<String> argv) {
        ProcessEntry process = new ProcessEntry(60, 1, 5, "x", argv, new Use(0, 0));

        ProcessRole role = ProcessRole.of(process, List.of());
        NamedAddress named = NamedAddress.of(Launches.briefly(process));

        assertThat(role.part() && role.whole()).isFalse();
        named.port().ifPresent(port -> assertThat(port).isBetween(1, 65_535));
        named.endpoint(OptionalInt.of(8_000))
                .map(Endpoint::id)
                .ifPresent(id -> assertThat(id).isEqualTo(Text.clean(id)));
    }

    @Property
    void whateverStartsAnEngineItIsTheSameEngine(
            @ForAll("wrappers") List<List<String>> wrappers, @ForAll("engines") List<String> engine) {
        List<String> argv = new ArrayList<>();
        wrappers.forEach(argv::addAll);
        argv.addAll(engine);

        assertThat(CommandLine.of(argv)).isEqualTo(CommandLine.of(engine));
    }

    @Property
    void aNamedAddressComesBackInEachFormOfItsOptions(
            @ForAll("hosts") String host, @ForAll @IntRange(min = 1, max = 65_535) int port, @ForAll boolean joined) {
        List<String> options = joined
                ? List.of("serve", "m", "--port=" + port, "--host=" + host)
                : List.of("serve", "m", "--host", host, "--max-model-len", "9", "--port", "" + port);

        NamedAddress named = NamedAddress.of(new Launch(1, "vllm", options, Map.of()));

        assertThat(named.endpoint(OptionalInt.empty())).contains(Endpoint.tcp(NamedAddress.canonical(host), port));
    }

    @Provide
    Arbitrary<List<String>> vectors() {
        Arbitrary<String> words = Arbitraries.of(
                "",
                "-",
                "--",
                "/",
                "env",
                "nice",
                "-n",
                "sudo",
                "-u",
                "A=b",
                "timeout",
                "5",
                "taskset",
                "numactl",
                "-m",
                "-c",
                "python3",
                "-um",
                "bash",
                "-lc",
                "node",
                "-e",
                "ld.so",
                "vllm",
                "serve",
                "/usr/bin/vllm",
                "sglang.launch_server",
                "llama-server",
                "ollama",
                "VLLM::Core",
                "sglang::router",
                "a: b",
                "--port",
                "--port=",
                "--port=8000",
                "-p",
                "99999",
                "8001",
                "--host",
                "[",
                "]",
                "[]",
                "::",
                ":::1",
                "--listen",
                "http://",
                "https://x:y",
                "--uds",
                "/x.sock",
                "/x\u001b.sock",
                "koboldcpp",
                "--headless",
                "local-ai",
                "--address",
                ":",
                "\u202e");
        return Arbitraries.oneOf(words, words, Arbitraries.strings().ofMaxLength(30))
                .list()
                .ofMaxSize(14);
    }

    @Provide
    Arbitrary<List<List<String>>> wrappers() {
        return Arbitraries.of(
                        List.of("nohup"),
                        List.of("nice", "-n", "5"),
                        List.of("env", "A=b", "C="),
                        List.of("setsid"),
                        List.of("stdbuf", "-oL", "-e", "L"),
                        List.of("/usr/bin/timeout", "-k", "5", "1h"),
                        List.of("taskset", "-c", "0-3"),
                        List.of("sudo", "-u", "llm", "X=1"),
                        List.of("tini", "-s", "--"),
                        List.of("/lib64/ld-linux-x86-64.so.2", "--library-path", "/x"))
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<String>> engines() {
        return Arbitraries.of(
                List.of("python3", "-u", "-m", "vllm.entrypoints.openai.api_server", "--model", "m"),
                List.of("/usr/bin/python3", "/usr/local/bin/vllm", "serve", "m", "--port", "8001"),
                List.of("/opt/llama-server", "-m", "m.gguf", "--port", "8080"),
                List.of("ollama", "serve"),
                List.of("bash", "/x/vllm", "serve", "m"));
    }

    @Provide
    Arbitrary<String> hosts() {
        return Arbitraries.oneOf(
                Arbitraries.of("localhost", "0.0.0.0", "::", "::1", "[::1]", "*", "box.lan", "fe80::1%eth0"),
                Arbitraries.integers().between(1, 254).map(last -> "10.0.0." + last));
    }
}
