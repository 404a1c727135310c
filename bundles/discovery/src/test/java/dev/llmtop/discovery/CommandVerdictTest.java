// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.model.State;
import dev.llmtop.spi.Match;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Command lines as they are recorded and as the projects document them, each with the whole verdict: of which engine it is and
 * where that serves, or that it is a part of one, or none.
 */
class CommandVerdictTest {
    /** The usual port of each kind, as its project documents it. */
    private static final Map<String, Integer> PORTS = Map.ofEntries(
            Map.entry("vllm", 8000),
            Map.entry("sglang", 30000),
            Map.entry("sglangrouter", 30000),
            Map.entry("tgi", 3000),
            Map.entry("tei", 3000),
            Map.entry("trtllm", 8000),
            Map.entry("ollama", 11434),
            Map.entry("llamacpp", 8080),
            Map.entry("llamaswap", 8080),
            Map.entry("litellm", 4000),
            Map.entry("llamacpppython", 8000),
            Map.entry("lmdeploy", 23333),
            Map.entry("aphrodite", 2242),
            Map.entry("lemonade", 13305),
            Map.entry("localai", 8080),
            Map.entry("koboldcpp", 5001),
            Map.entry("mlc", 8000),
            Map.entry("exo", 52415),
            Map.entry("triton", 8000),
            Map.entry("dynamo", 8000),
            Map.entry("infinity", 7997),
            Map.entry("xinference", 9997),
            Map.entry("ovms", 8000),
            Map.entry("max", 8000),
            Map.entry("mlxlm", 8080));

    /** In a line, `_` stands for an empty argument and `~` for a blank inside one; `-` for no verdict, `.` for no address. */
    @ParameterizedTest
    @CsvFileSource(resources = "/command-lines.txt", delimiter = '|', quoteCharacter = '\0')
    void everyCommandLineIsWhatItIs(String line, String verdict, String url, String environment) {
        try (Rig rig = new Rig()) {
            PORTS.forEach(
                    (kind, port) -> rig.install(new ToyAdapter(kind, (candidate, probe) -> Match.none()).ports(port)));
            if (environment != null) {
                rig.environment.put(environment.split("=", 2)[0], environment.split("=", 2)[1]);
            }
            String[] argv = Arrays.stream(line.split(" +"))
                    .map(word -> word.equals("_") ? "" : word.replace('~', ' '))
                    .toArray(String[]::new);
            rig.process(60, 1, argv);

            boolean part = ProcessRole.of(rig.processes.get(60L), List.of()).part();
            List<Found> engines = rig.discover().engines();

            assertThat(part).as("a part").isEqualTo(verdict.equals("part"));
            if (url.equals(".")) {
                assertThat(engines).isEmpty();
            } else {
                assertThat(engines).hasSize(1);
                assertThat(engines.get(0).kind()).isEqualTo(verdict);
                assertThat(engines.get(0).candidate().endpoint().url()).isEqualTo(url);
                assertThat(engines.get(0).state()).isEqualTo(State.LOADING);
            }
        }
    }
}
