// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmtop.agent.CommandLine.Form;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    /** Patterns as the engine sheets give them; the first that fits names the engine. */
    private static final Map<String, List<String>> ENGINES = Map.ofEntries(
            Map.entry(
                    "vllm",
                    List.of(
                            "script:vllm serve",
                            "module:vllm.entrypoints.openai.api_server",
                            "module:vllm.entrypoints.cli.main serve")),
            Map.entry("sglang", List.of("module:sglang.launch_server", "script:sglang serve")),
            Map.entry("tgi", List.of("exe:text-generation-launcher", "exe:text-generation-router")),
            Map.entry("trtllm", List.of("script:trtllm-serve")),
            Map.entry("llamacpp", List.of("exe:llama-server", "exe:llama serve", "exe:llama server")),
            Map.entry("ollama", List.of("exe:ollama serve")),
            Map.entry("llamaswap", List.of("exe:llama-swap")),
            Map.entry("litellm", List.of("script:litellm", "module:litellm")),
            Map.entry("llamacpppython", List.of("module:llama_cpp.server")),
            Map.entry("koboldcpp", List.of("script:koboldcpp.py", "exe:koboldcpp", "script:koboldcpp")),
            Map.entry("localai", List.of("exe:local-ai run")),
            Map.entry("lmdeploy", List.of("script:lmdeploy serve api_server")),
            Map.entry("tei", List.of("exe:text-embeddings-router")),
            Map.entry("part", List.of("title:VLLM::", "title:sglang::", "title:APHRODITE::")));

    /** `_` stands for an empty argument, ~ for a blank inside one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # recorded
            /opt/zoo/bin/python /opt/zoo/bin/vllm serve /opt/zoo/models/tiny-llama --host 127.0.0.1 --port 8000 | vllm
            /opt/zoo/bin/python /opt/zoo/bin/vllm serve /m --api-key sk-zoo-secret                   | vllm
            /opt/zoo/bin/python -B -c from~multiprocessing.resource_tracker~import~main;main(21)     | -
            VLLM::EngineCore                                                                        | part
            VLLM::EngineCore_DP0 _ _ _ _ _ _                                                        | part
            VLLM::Worker_TP0 _                                                                      | part
            VLLM::DPCoordinator                                                                     | part
            VLLM::APIServer_1                                                                       | part
            /opt/zoo/bin/python /opt/zoo/bin/litellm --config /x.yaml --host 127.0.0.1 --port 4000  | litellm
            /opt/zoo/bin/python -m llama_cpp.server --model /m.gguf --host 127.0.0.1 --port 28301   | llamacpppython
            /opt/zoo/llama-swap -config /c.yaml -listen 127.0.0.1:28201                             | llamaswap
            /opt/zoo/b10434/llama-server -m /m.gguf --host 127.0.0.1 --port 29300 --metrics -c 2048 | llamacpp
            /opt/zoo/b10434/llama-server --models-dir /m --models-max 2 --port 28141 --metrics      | llamacpp
            /opt/zoo/lib/ollama/llama-server --model /b/sha256-d1 --port 41917 --no-webui           | llamacpp
            /opt/zoo/bin/python /opt/zoo/llamacpp/llamacpp _embedded -m /m.gguf --port 28131        | -
            /opt/zoo/bin/ollama serve                                                               | ollama
            /opt/zoo/bin/ollama runner --model /blobs/sha256-d1 --port 44067                        | -
            # engine sheets
            python -m vllm.entrypoints.openai.api_server --model M                                  | vllm
            python3.12 -u -m vllm.entrypoints.openai.api_server --model M                           | vllm
            /usr/bin/python3 -um vllm.entrypoints.openai.api_server --model M                       | vllm
            python3 -Im sglang.launch_server --model-path M                                         | sglang
            python3 -X dev -W ignore -m sglang.launch_server --model-path M                         | sglang
            python -mvllm.entrypoints.openai.api_server                                             | vllm
            /usr/bin/python3 /usr/local/bin/sglang serve M                                          | sglang
            sglang::scheduler_TP0                                                                   | part
            sglang::detokenizer                                                                     | part
            vllm serve Qwen/Qwen3-32B -tp 2                                                         | vllm
            text-generation-launcher --model-id x --num-shard 2                                     | tgi
            text-generation-router --port 3000                                                      | tgi
            /usr/bin/python3 /usr/local/bin/text-generation-server serve x                          | -
            /usr/bin/python3 /usr/local/bin/trtllm-serve M --tp_size 2                              | trtllm
            llama serve -hf user/repo                                                               | llamacpp
            llama server -m x.gguf                                                                  | llamacpp
            llama-server -hf ggml-org/gemma-3-1b-it-GGUF                                            | llamacpp
            /usr/bin/python3 /usr/bin/lmdeploy serve api_server M --server-port 23333               | lmdeploy
            /usr/bin/python3 /usr/bin/lmdeploy convert M                                            | -
            local-ai run phi-2                                                                      | localai
            /b/lib/ld.so /b/llama-cpp-avx --addr 127.0.0.1:35127                                    | -
            python koboldcpp.py --model F --port 5001                                               | koboldcpp
            /opt/koboldcpp F 5001                                                                   | koboldcpp
            text-embeddings-router --model-id x --port 80                                           | tei
            python -m litellm --model ollama/x                                                      | litellm
            APHRODITE::EngineCore                                                                   | part
            # through wrappers and interpreters
            env CUDA_VISIBLE_DEVICES=0 HF_HOME=/x vllm serve M                                      | vllm
            /usr/bin/env -u FOO python3 -m sglang.launch_server                                     | sglang
            nohup llama-server -m x.gguf                                                            | llamacpp
            nice -n 5 ollama serve                                                                  | ollama
            numactl --cpunodebind 0 --membind=0 llama-server -m x                                   | llamacpp
            numactl -N 0 -m 0 python -m vllm.entrypoints.openai.api_server                          | vllm
            taskset -c 0-3 llama-server -m x                                                        | llamacpp
            taskset 0xff llama-server -m x                                                          | llamacpp
            timeout -k 5 30s ollama serve                                                           | ollama
            timeout 1h vllm serve M                                                                 | vllm
            sudo -u llm FOO=1 -E ollama serve                                                       | ollama
            /sbin/tini -s -- /app/llama-server --port 8080                                          | llamacpp
            stdbuf -oL -e L vllm serve M                                                            | vllm
            bash /usr/local/bin/vllm serve M                                                        | vllm
            bash -e -o pipefail /usr/local/bin/vllm serve M                                         | vllm
            sh -x /opt/koboldcpp x                                                                  | koboldcpp
            /lib64/ld-linux-x86-64.so.2 --library-path /x /opt/llama-server -m x                    | llamacpp
            env nice -n 5 nohup ollama serve                                                        | ollama
            # no engines
            tail -f vllm.log                                                                        | -
            tail -f vllm serve                                                                      | -
            vim vllm/config.py                                                                      | -
            less /var/log/ollama serve                                                              | -
            docker logs ollama                                                                      | -
            docker run vllm/vllm-openai vllm serve M                                                | -
            curl http://vllm:8000                                                                   | -
            git clone llama.cpp                                                                     | -
            git clone https://github.com/ggml-org/llama-server                                      | -
            grep -r vllm serve                                                                      | -
            ollama run gemma3                                                                       | -
            ollama pull gemma3                                                                      | -
            ollama ps                                                                               | -
            ollama                                                                                  | -
            vllm bench serve --model M                                                              | -
            vllm chat --url http://127.0.0.1:8000                                                   | -
            vllm                                                                                    | -
            bash -c vllm~serve~M                                                                    | -
            sh -lc exec~ollama~serve                                                                | -
            python -c import~vllm;vllm.serve() vllm serve                                           | -
            python vllm/config.py serve                                                             | -
            python - vllm serve                                                                     | -
            python                                                                                  | -
            python -m                                                                               | -
            python -m pip install vllm serve                                                        | -
            python -m pytest -m sglang.launch_server                                                | -
            pip install vllm serve                                                                  | -
            pkill -f llama-server                                                                   | -
            watch nvidia-smi llama-server                                                           | -
            ssh box ollama serve                                                                    | -
            systemctl status ollama serve                                                           | -
            node -e vllm serve                                                                      | -
            perl -ne print vllm serve                                                               | -
            llama-cli -m x                                                                          | -
            nginx:~master~process~/usr/sbin/nginx                                                   | -
            vllm-serve M                                                                            | -
            env                                                                                     | -
            timeout 5                                                                               | -
            -bash                                                                                   | -
            """)
    void realCommandLinesNameTheirEngineAndNothingElseDoes(String line, String expected) {
        assertThat(engineOf(line)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nice",
                "env --",
                "sudo -u",
                "ld.so",
                "taskset -c",
                "env env env env env env env env env env env",
                "numactl -N"
            })
    void aWrapperAloneIsItself(String line) {
        assertThat(CommandLine.of(argv(line)).form()).isEqualTo(Form.EXECUTABLE);
    }

    @Test
    void anEmptyVectorIsAKernelThread() {
        assertThat(CommandLine.of(List.of())).isEqualTo(new CommandLine(Form.TITLE, "", List.of()));
        assertThat(CommandLine.of(List.of("", "vllm", "serve")).program()).isEmpty();
    }

    @Test
    void argumentsFollowTheProgram() {
        CommandLine command = CommandLine.of(argv("nice -n 5 python -u -m llama_cpp.server --port 5 x"));

        assertThat(command).isEqualTo(new CommandLine(Form.MODULE, "llama_cpp.server", List.of("--port", "5", "x")));
    }

    @Test
    void aTitleIsWhatStandsAlone() {
        assertThat(CommandLine.of(List.of("VLLM::EngineCore", "x")).form()).isEqualTo(Form.EXECUTABLE);
        assertThat(CommandLine.of(List.of("postgres: walwriter ", "")).program())
                .isEqualTo("postgres: walwriter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "vllm", "exe:", "exe: ", "title:", "regex:.*", "exe", ":x"})
    void whatIsNoPatternIsRefused(String text) {
        assertThatThrownBy(() -> CommandPattern.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void aPatternOfAnExecutableFitsNoScriptAndNoModule() {
        CommandPattern pattern = CommandPattern.parse("exe:vllm");

        assertThat(pattern.fits(CommandLine.of(argv("python vllm")))).isFalse();
        assertThat(pattern.fits(CommandLine.of(argv("python -m vllm")))).isFalse();
        assertThat(pattern.fits(CommandLine.of(argv("vllm")))).isTrue();
    }

    private static String engineOf(String line) {
        CommandLine command = CommandLine.of(argv(line));
        Optional<String> found = ENGINES.entrySet().stream()
                .filter(engine -> engine.getValue().stream()
                        .map(CommandPattern::parse)
                        .anyMatch(pattern -> pattern.fits(command)))
                .map(Map.Entry::getKey)
                .findFirst();
        return found.orElse("-");
    }

    private static List<String> argv(String line) {
        return Arrays.stream(line.strip().split(" +"))
                .map(word -> word.equals("_") ? "" : word.replace('~', ' '))
                .toList();
    }
}
