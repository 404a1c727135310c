// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.testkit.FakeNvml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines as people have them, through JNA, each in a process of its own. Numbers: those of fake-nvml.c. */
class ScenariosTest {
    /** What the fake writes behind each thing it writes: whoever reads too far has it in a figure. */
    private static final List<String> CANARIES =
            List.of("2779096485", "-1515870811", "11936128518282651045", "-6510615555426900571");

    @TempDir
    static Path folder;

    private static FakeMachine machine;

    @BeforeAll
    static void needsTheFake() throws IOException {
        FakeMachine.needsCompiler();
        machine = new FakeMachine(folder);
    }

    private static List<String> lines(FakeMachine.Run run) throws IOException, InterruptedException {
        List<String> lines = run.lines();
        assertThat(lines).noneMatch(line -> CANARIES.stream().anyMatch(line::contains));
        return lines;
    }

    @Test
    void anH100TellsEverything() throws Exception {
        assertThat(lines(machine.scenario("h100").samples(2, 300)))
                .contains(
                        "gpu0 NVIDIA H100 80GB HBM3 | GPU-4c4c4d00-5f1c-4b1e-9d4e-000000000000 | 00000000:18:00.0 | 550.163.01",
                        "gpu0 state active unified false device",
                        "gpu0 throttle [SwPowerCap]",
                        "gpu0 memoryTotalBytes 85899345920",
                        "gpu0 memoryUsedBytes 68396515328",
                        "gpu0 memoryReservedBytes 1073741824",
                        "gpu0 bar1UsedBytes 4194304",
                        "gpu0 bar1TotalBytes 274877906944",
                        "gpu0 utilizationRatio 0.37",
                        "gpu0 utilizationMemoryRatio 0.21",
                        "gpu0 encoderRatio 0.0",
                        "gpu0 powerWatts 331.2",
                        "gpu0 powerAverageWatts 330.1",
                        "gpu0 powerLimitWatts 700.0",
                        "gpu0 temperatureCelsius 52.0",
                        "gpu0 temperatureSlowdownCelsius 87.0",
                        "gpu0 temperatureShutdownCelsius 92.0",
                        "gpu0 memoryTemperatureCelsius 61.0",
                        "gpu0 smClockMhz 1830.0",
                        "gpu0 smClockMaxMhz 1980.0",
                        "gpu0 memoryClockMhz 1593.0",
                        "gpu0 memoryClockMaxMhz 2619.0",
                        "gpu0 fanRatio not-supported (nvmlDeviceGetNumFans: it has no fan)",
                        "gpu0 performanceState 0",
                        "gpu0 pcieGeneration 5",
                        "gpu0 pcieWidth 16",
                        "gpu0 pcieTransmitBytesPerSecond 3.0E9",
                        "gpu0 pcieReceiveBytesPerSecond 5.0E9",
                        "gpu0 eccCorrectedErrors 4",
                        "gpu0 eccUncorrectedErrors 0",
                        "gpu0 remappedRows 3",
                        "gpu0 computeMode default",
                        "gpu0 persistence true")
                .noneMatch(line -> line.startsWith("problem"))
                .noneMatch(line -> line.contains("malformed"))
                .anyMatch(line -> line.matches("gpu0 nvlinkTransmitBytesPerSecond [12]\\.\\d+E10"))
                .anyMatch(line -> line.matches("gpu0 energyJoules [\\d.E]+"));
    }

    @Test
    void aGb10HasTheSystemsMemoryAndSaysWhatItsDriverRefuses() throws Exception {
        assertThat(lines(machine.scenario("gb10")))
                .contains(
                        "gpu0 NVIDIA GB10 | GPU-4c4c4d00-5f1c-4b1e-9d4e-000000000000 | 0000000F:01:00.0 | 580.95.05",
                        "gpu0 state active unified true system",
                        "gpu0 memoryTotalBytes " + FakeMachine.SYSTEM_MEMORY,
                        "gpu0 memoryUsedBytes not-supported (nvmlDeviceGetMemoryInfo: Not Supported (3))",
                        "gpu0 memoryReservedBytes not-supported (nvmlDeviceGetMemoryInfo: Not Supported (3))",
                        "gpu0 powerWatts 41.5",
                        "gpu0 powerLimitWatts not-supported (nvmlDeviceGetEnforcedPowerLimit: Not Supported (3))",
                        "gpu0 memoryClockMhz not-supported (nvmlDeviceGetClockInfo(MEM): Not Supported (3))",
                        "gpu0 fanRatio not-supported (nvmlDeviceGetFanSpeed: Not Supported (3))",
                        "gpu0 temperatureCelsius 61.0",
                        "gpu0 utilizationRatio 0.87",
                        "call 0 nvmlDeviceGetMemoryInfo_v2 3 Not Supported (3) | ",
                        "call 0 nvmlDeviceGetMemoryInfo 3 Not Supported (3) | ")
                .anyMatch(line -> line.startsWith("gpu0 pid 20001 20064501760 "))
                .noneMatch(line -> line.startsWith("problem"));
    }

    @Test
    void aGb10AtRestShowsItsPowerState() throws Exception {
        assertThat(lines(machine.scenario("gb10-idle")))
                .contains(
                        "gpu0 powerWatts 3.0",
                        "gpu0 temperatureCelsius 36.0",
                        "gpu0 performanceState 8",
                        "gpu0 utilizationRatio 0.0");
    }

    @Test
    void aTotalOfZeroIsNoTotal() throws Exception {
        assertThat(lines(machine.scenario("gb10-zero")))
                .contains(
                        "gpu0 state active unified true system",
                        "gpu0 memoryTotalBytes " + FakeMachine.SYSTEM_MEMORY,
                        "gpu0 memoryUsedBytes not-supported (nvmlDeviceGetMemoryInfo_v2: a total of 0 bytes)");
    }

    @Test
    void aTotalThatIsTheSystemsIsSharedMemory() throws Exception {
        assertThat(lines(machine.scenario("gb10-system").with("FAKE_NVML_SYSTEM", FakeMachine.SYSTEM_MEMORY)))
                .contains(
                        "gpu0 state active unified true system", "gpu0 memoryTotalBytes " + FakeMachine.SYSTEM_MEMORY);
    }

    @Test
    void aTotalNearTheSystemsIsTheCardsOwn() throws Exception {
        assertThat(lines(
                        machine.scenario("gb10-system").with("FAKE_NVML_SYSTEM", FakeMachine.SYSTEM_MEMORY * 98 / 100)))
                .contains("gpu0 state active unified false device");
    }

    @Test
    void underWslMemoryOfAProcessIsNotTold() throws Exception {
        assertThat(lines(machine.scenario("wsl")))
                .contains(
                        "gpu0 memoryTotalBytes 17171480576",
                        "gpu0 pid 79 not-supported (the driver does not tell it (all ones))"
                                + " not-supported (nvmlDeviceGetProcessUtilization: Not Supported (3))",
                        "gpu0 eccCorrectedErrors not-supported (nvmlDeviceGetFieldValues: Not Supported (3))")
                .noneMatch(line -> line.contains("18446744073709551615"));
    }

    @Test
    void aDriverWithoutThirdFormsIsReadBySecondOnes() throws Exception {
        assertThat(lines(machine.scenario("old").age(FakeNvml.Age.WITHOUT_THIRD_FORMS)))
                .contains(
                        "gpu0 memoryTotalBytes 25769803776",
                        "gpu0 memoryUsedBytes 5079302144",
                        "gpu0 memoryReservedBytes not-exported (only nvmlDeviceGetMemoryInfo_v2 tells it)",
                        "gpu0 temperatureCelsius 44.0",
                        "call 0 nvmlDeviceGetMemoryInfo_v2 - this driver has no such function | ")
                .anyMatch(line -> line.matches("gpu0 pid 20001 \\d+ .*"))
                .anyMatch(line -> line.startsWith("call 0 nvmlDeviceGetComputeRunningProcesses_v2 0 "));
    }

    @Test
    void aDriverWithFirstFormsOnlyIsReadByThem() throws Exception {
        assertThat(lines(machine.scenario("old").age(FakeNvml.Age.FIRST_FORMS_ONLY)))
                .anyMatch(line -> line.matches("gpu0 pid 20001 2031091712 .*"))
                .anyMatch(line -> line.matches("gpu0 pid 20002 2031091712 .*"))
                .anyMatch(line -> line.startsWith("call 0 nvmlDeviceGetComputeRunningProcesses 0 "));
    }

    @Test
    void anUnknownErrorOfTheSecondFormLeavesTheFirst() throws Exception {
        assertThat(lines(machine.scenario("memory-v2-unknown")))
                .contains(
                        "gpu0 state active unified false device",
                        "gpu0 memoryTotalBytes 17171480576",
                        "call 0 nvmlDeviceGetMemoryInfo_v2 999 Unknown Error (999) | ");
    }

    @Test
    void aCardInPartsHasItsProcessesInThem() throws Exception {
        assertThat(lines(machine.scenario("mig")))
                .contains(
                        "gpu0 state active unified false device",
                        "gpu0 utilizationRatio not-supported (nvmlDeviceGetUtilizationRates: Not Supported (3))",
                        "gpu0/0 1g.5gb | MIG-4c4c4d00-5f1c-4b1e-9d4e-000000000001 | 5368709120 | 4207935488",
                        "gpu0/2 3g.20gb | MIG-4c4c4d00-5f1c-4b1e-9d4e-000000000003 | 21474836480 | 12596543488")
                .anyMatch(line -> line.startsWith("gpu0/0 pid 20001 "))
                .anyMatch(line -> line.startsWith("gpu0/2 pid 20002 "))
                .noneMatch(line -> line.startsWith("gpu0 pid "))
                .noneMatch(line -> line.startsWith("gpu0/1 "));
    }

    @Test
    void aCardInPartsWhoseMemoryIsRefusedIsNotSharedMemory() throws Exception {
        assertThat(lines(machine.scenario("mig")
                        .with("FAKE_NVML_REFUSE", "nvmlDeviceGetMemoryInfo=3,nvmlDeviceGetMemoryInfo_v2=3")))
                .contains("gpu0 state active unified false device")
                .contains("gpu0 memoryTotalBytes not-supported (nvmlDeviceGetMemoryInfo: Not Supported (3))");
    }

    @Test
    void aGrowingListOfProcessesIsReadInTheEnd() throws Exception {
        assertThat(lines(machine.scenario("growing").with("FAKE_NVML_PROCESSES", 150)))
                .anyMatch(line -> line.startsWith("gpu0 pid 20001 "))
                .anyMatch(line -> line.startsWith("gpu0 pid 20150 "));
    }

    @Test
    void aListThatNeverFitsIsGivenUp() throws Exception {
        assertThat(lines(machine.scenario("always-small")))
                .contains("gpu0 memoryTotalBytes 85899345920")
                .contains("problem nvml: processes on GPU 0 are not told:"
                        + " nvmlDeviceGetComputeRunningProcesses: Insufficient Size (7)");
    }
}
