// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.testkit.FakeNvml;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program on a machine whose driver is the fake library, found as the linker finds it. */
class GpuProgramTest {
    @TempDir
    static Path library;

    @TempDir
    Path folder;

    @BeforeAll
    static void build() throws Exception {
        if (FakeNvml.build(library, FakeNvml.Age.CURRENT).isEmpty()) {
            assertThat(System.getenv("CI")).as("CI has a C compiler").isNotEqualTo("true");
            Assumptions.abort("no C compiler: the fake NVML cannot be built");
        }
    }

    private Program machine(String scenario) throws Exception {
        return new Program(folder)
                .with("LD_LIBRARY_PATH", library.toString())
                .with("FAKE_NVML", scenario)
                .with("FAKE_NVML_LOG", folder.resolve("calls.txt").toString());
    }

    private static JsonNode snapshot(Program.Result result) throws Exception {
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        return new SnapshotSchema().valid(result.out());
    }

    @Test
    void aGb10IsShownWithTheMemoryThatItSharesAndTheReasonsForTheRest() throws Exception {
        // The last of three samples: loading takes longer than the first may on a busy machine.
        JsonNode gpu = snapshot(machine("gb10").run("--json", "--samples", "3", "--interval", "0.5"))
                .path("gpus")
                .path(0);

        assertThat(gpu.path("name").asText()).isEqualTo("NVIDIA GB10");
        assertThat(gpu.path("unifiedMemory").asBoolean()).isTrue();
        assertThat(gpu.path("memoryTotalSource").asText()).isEqualTo("system");
        assertThat(gpu.path("powerWatts").asDouble()).isEqualTo(41.5);
        assertThat(gpu.path("unavailable")
                        .path("memoryUsedBytes")
                        .path("detail")
                        .asText())
                .isEqualTo("nvmlDeviceGetMemoryInfo: Not Supported (3)");
        assertThat(Files.readAllLines(folder.resolve("calls.txt")))
                .contains("nvmlInit_v2")
                .endsWith("nvmlShutdown");
    }

    @Test
    void eightCardsAreEightLines() throws Exception {
        Program.Result result =
                machine("h100").with("FAKE_NVML_DEVICES", "8").run("--once", "--samples", "3", "--interval", "0.5");

        assertThat(result.out().lines().filter(line -> line.matches("GPU \\d  NVIDIA H100 80GB HBM3  util 37%.*")))
                .hasSize(8);
    }

    @Test
    void aDriverThatIsNotLoadedIsOneLine() throws Exception {
        assertThat(machine("no-driver").run("--once").out()).contains("GPU  none: nvmlInit_v2: Driver Not Loaded (9)");
    }

    @Test
    void switchedOffNothingOfTheDriverIsCalled() throws Exception {
        JsonNode snapshot = snapshot(machine("h100").run("--json", "--no-gpu"));

        assertThat(snapshot.path("gpus")).isEmpty();
        assertThat(folder.resolve("calls.txt")).doesNotExist();
    }
}
