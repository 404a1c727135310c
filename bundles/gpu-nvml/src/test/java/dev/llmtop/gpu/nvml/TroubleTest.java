// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers that refuse, lie, fail or hang, through JNA, each in a process of its own. */
class TroubleTest {
    @TempDir
    static Path folder;

    private static FakeMachine machine;

    @BeforeAll
    static void needsTheFake() throws IOException {
        FakeMachine.needsCompiler();
        machine = new FakeMachine(folder);
    }

    private static long took(List<String> lines, String what) {
        return lines.stream()
                .filter(line -> line.startsWith(what))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .max()
                .orElseThrow();
    }

    @Test
    void aCardThatIsLostPartWayKeepsItsNameAndIsNotSharedMemory() throws Exception {
        List<String> lines = machine.scenario("lost-later")
                .with("FAKE_NVML_LOST_AFTER", 2)
                .samples(4, 50)
                .lines();
        assertThat(lines)
                .contains(
                        "gpu0 state active unified false device",
                        "gpu0 state lost unified false device",
                        "gpu0 utilizationRatio unreachable (nvmlDeviceGetUtilizationRates: GPU Is Lost (15))",
                        "gpu0 memoryTotalBytes unreachable (nvmlDeviceGetMemoryInfo_v2: GPU Is Lost (15))");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("gpu0 NVIDIA H100 80GB HBM3 | GPU-4c4c4d00-"))
                .hasSize(4);
    }

    @Test
    void oneLostCardOfTwoCostsTheOtherNothing() throws Exception {
        assertThat(machine.scenario("lost-one").lines())
                .contains(
                        "gpu0 NVIDIA GPU |  |  | 550.163.01",
                        "gpu0 state lost unified false device",
                        "gpu0 powerWatts unreachable (nvmlDeviceGetHandleByIndex_v2: GPU Is Lost (15))",
                        "gpu1 state active unified false device",
                        "gpu1 powerWatts 331.2")
                .noneMatch(line -> line.startsWith("problem"));
    }

    @Test
    void aCardThatMayNotBeOpenedSaysSo() throws Exception {
        assertThat(machine.scenario("no-permission").lines())
                .contains(
                        "gpu0 state active unified false device",
                        "gpu0 memoryTotalBytes no-permission (nvmlDeviceGetHandleByIndex_v2: No Permission (4))",
                        "problem nvml: GPU 0: nvmlDeviceGetHandleByIndex_v2: No Permission (4)");
    }

    @Test
    void aMissingPermissionForMemoryIsNoSharedMemory() throws Exception {
        assertThat(machine.scenario("h100")
                        .with("FAKE_NVML_REFUSE", "nvmlDeviceGetMemoryInfo_v2=4,nvmlDeviceGetMemoryInfo=4")
                        .lines())
                .contains(
                        "gpu0 state active unified false device",
                        "gpu0 memoryTotalBytes no-permission (nvmlDeviceGetMemoryInfo_v2: No Permission (4))",
                        "gpu0 powerWatts 331.2");
    }

    @Test
    void aDriverThatIsNotLoadedIsOneLine() throws Exception {
        assertThat(machine.scenario("no-driver").lines())
                .contains("problem nvml: nvmlInit_v2: Driver Not Loaded (9); NVIDIA's kernel module is not loaded")
                .noneMatch(line -> line.startsWith("gpu"));
    }

    @Test
    void aDriverThatWasUpdatedSaysWhatHelps() throws Exception {
        assertThat(machine.scenario("mismatch").lines())
                .contains("problem nvml: nvmlInit_v2: Driver/Library Version Mismatch (18);"
                        + " the driver was updated: reboot, or reload its kernel modules");
    }

    @Test
    void anAbsentLibraryIsOneLineAndLoadsNothing() throws Exception {
        assertThat(machine.scenario("h100").library("").lines())
                .contains("problem nvml: libnvidia-ml.so.1 not found", "mapped ");
    }

    @Test
    void aFileThatIsNoLibraryIsOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("no-library.so"), "nothing");
        assertThat(machine.scenario("h100").library(file.toString()).lines())
                .filteredOn(line -> line.startsWith("problem"))
                .singleElement()
                .asString()
                .startsWith("problem nvml: " + file + " cannot be loaded: ");
    }

    @Test
    void aSlowCallIsMadeBesideTheSamples() throws Exception {
        List<String> lines = machine.scenario("slow-pcie").samples(2, 300).lines();
        assertThat(lines)
                .contains(
                        "gpu0 pcieTransmitBytesPerSecond 1000000.0",
                        "gpu0 pcieReceiveBytesPerSecond 2000000.0",
                        "call 0 nvmlDeviceGetPcieThroughput(TX) 0 Success (0) | 1000");
    }

    @Test
    void aCallThatHangsCostsNoMoreThanTheSample() throws Exception {
        List<String> lines = machine.scenario("h100")
                .with("FAKE_NVML_HANG", "nvmlDeviceGetPowerUsage:3")
                .samples(8, 250)
                .impatient()
                .lines();
        assertThat(lines)
                .anyMatch(line -> line.matches("problem nvml: nvmlDeviceGetPowerUsage has not answered since"
                        + " \\d\\d:\\d\\d:\\d\\d; what is shown is of \\d\\d:\\d\\d:\\d\\d"))
                .contains("gpu0 powerWatts 331.2");
        assertThat(lines.get(lines.size() - 2)).startsWith("mapped");
        // 200 ms are the rule; the rest is a busy machine.
        assertThat(took(lines, "took")).isBetween(150L, 1_000L);
        assertThat(took(lines, "stopped after")).isLessThan(2_000);
    }

    @Test
    void aStartThatHangsIsSaid() throws Exception {
        assertThat(machine.scenario("h100")
                        .with("FAKE_NVML_HANG", "nvmlInit_v2")
                        .samples(3, 300)
                        .impatient()
                        .lines())
                .anyMatch(line -> line.matches("problem nvml: nvmlInit_v2 has not answered since \\d\\d:\\d\\d:\\d\\d"))
                .noneMatch(line -> line.startsWith("gpu"));
    }

    @Test
    void samplesOfProcessesAreBelievedOnlyWhereTheyCanBe() throws Exception {
        assertThat(machine.scenario("process-samples")
                        .with("FAKE_NVML_PROCESSES", 4)
                        .samples(4, 1_100)
                        .lines())
                // Pid 20001 has 4294967295 %, 20002 only an old time, 20003 stands under another pid.
                .anyMatch(line -> line.matches("gpu0 pid 20001 \\d+ malformed .*4294967295 %.*"))
                .anyMatch(line -> line.matches("gpu0 pid 20002 \\d+ 0.0"))
                .anyMatch(line -> line.matches("gpu0 pid 20003 \\d+ 0.0"))
                .anyMatch(line -> line.matches("gpu0 pid 20004 \\d+ 0.07"))
                .noneMatch(line -> line.contains("999999 "));
    }

    @Test
    void noSampleForAWhileIsNoUse() throws Exception {
        assertThat(machine.scenario("no-process-samples").samples(3, 1_000).lines())
                .anyMatch(line -> line.matches("gpu0 pid 20001 \\d+ no-sample-yet .*"))
                .anyMatch(line -> line.matches("gpu0 pid 20001 \\d+ 0.0"));
    }

    @Test
    void aDriverThatMisplacesProcessMemoryTellsPidsOnly() throws Exception {
        assertThat(machine.scenario("titan").with("FAKE_NVML_PROCESSES", 5).lines())
                .contains("gpu0 memoryUsedBytes 4764729344", "gpu0 powerWatts 61.0", "gpu0 fanRatio 0.4")
                .anyMatch(
                        line -> line.startsWith("gpu0 pid 20001 not-supported (driver 535.54.03 tells it in the wrong"))
                .anyMatch(
                        line -> line.startsWith("gpu0 pid 20005 not-supported (driver 535.54.03 tells it in the wrong"))
                .filteredOn(line -> line.startsWith("gpu0 pid"))
                .hasSize(5);
    }

    @Test
    void aGuestsZerosAreNoFigures() throws Exception {
        assertThat(machine.scenario("vgpu").lines())
                .contains(
                        "gpu0 powerWatts not-supported (nvmlDeviceGetPowerUsage: 0 mW, which no running card draws)",
                        "gpu0 powerLimitWatts not-supported (nvmlDeviceGetEnforcedPowerLimit: 0 mW, which is no limit)",
                        "gpu0 energyJoules not-supported (nvmlDeviceGetTotalEnergyConsumption: 0 mJ, which is no count)",
                        "gpu0 smClockMhz not-supported (nvmlDeviceGetClockInfo(SM): Not Supported (3))");
    }

    @Test
    void powerFarAboveItsLimitIsNotBelieved() throws Exception {
        assertThat(machine.scenario("stuck-power").lines())
                .contains(
                        "gpu0 powerWatts malformed (nvmlDeviceGetPowerUsage: 752 W of a limit of 80 W,"
                                + " which is not to be believed)",
                        "gpu0 powerLimitWatts 80.0");
    }

    @Test
    void reasonsThatNobodyKnowsAreKept() throws Exception {
        assertThat(machine.scenario("unknown-reason").lines())
                .contains("gpu0 throttle [SwPowerCap, HwThermalSlowdown, 0x4000]");
    }

    @Test
    void errorsOfMemoryAreOffWhereTheirCorrectionIs() throws Exception {
        assertThat(machine.scenario("ecc-off").lines())
                .anyMatch(
                        line -> line.startsWith("gpu0 eccCorrectedErrors disabled (nvmlDeviceGetEccMode: ECC is off"));
    }

    @Test
    void limitsComeFromDistancesWhereThresholdsAreRefused() throws Exception {
        // 52 degrees, 33 to the limit of operation, slowdown 2 and shutdown 8 beyond it.
        assertThat(machine.scenario("temperature-limits").lines())
                .contains("gpu0 temperatureSlowdownCelsius 87.0", "gpu0 temperatureShutdownCelsius 93.0");
    }

    @Test
    void switchedOffNothingIsLoaded() throws Exception {
        List<String> lines =
                machine.scenario("h100").with("SAMPLE_PRINTER_OFF", 1).lines();
        assertThat(lines).contains("problem nvml: GPUs are switched off", "mapped ");
        assertThat(machine.scenario("h100").lines()).anyMatch(line -> line.matches("mapped .+libnvidia-ml.so.1.*"));
    }

    @Test
    void aCardThatSleepsIsNotTouched() throws Exception {
        FakeMachine laptop = new FakeMachine(Files.createDirectories(folder.resolve("laptop")));
        laptop.card("0000:18:00.0", "2684", "suspended");
        assertThat(laptop.scenario("h100").lines())
                .contains(
                        "gpu0 NVIDIA device 2684 |  | 00000000:18:00.0 | ",
                        "gpu0 state asleep unified false device",
                        "gpu0 powerWatts asleep (in runtime suspend; asking its driver would wake it)",
                        "mapped ")
                .noneMatch(line -> line.startsWith("problem"));
    }

    @Test
    void ofTwoCardsTheOneAwakeIsAskedByItsAddress() throws Exception {
        FakeMachine laptop = new FakeMachine(Files.createDirectories(folder.resolve("two")));
        laptop.card("0000:18:00.0", "2684", "suspended");
        laptop.card("0000:19:00.0", "2330", "active");
        Path log = folder.resolve("two.log");
        List<String> lines = laptop.scenario("h100")
                .with("FAKE_NVML_DEVICES", 2)
                .with("FAKE_NVML_LOG", log)
                .samples(2, 100)
                .lines();
        assertThat(lines)
                .contains("gpu0 state asleep unified false device", "gpu1 state active unified false device")
                .contains("gpu1 powerWatts 331.2")
                .anyMatch(line -> line.startsWith("call 1 nvmlDeviceGetHandleByPciBusId_v2 0 Success (0) | "));
        assertThat(Files.readAllLines(log))
                .noneMatch(line -> line.endsWith(" 0/0"))
                .anyMatch(line -> line.endsWith(" 1/0"));
    }

    @Test
    void aJetsonIsReadFromItsKernel() throws Exception {
        FakeMachine jetson = new FakeMachine(Files.createDirectories(folder.resolve("jetson")));
        jetson.orin();
        assertThat(jetson.scenario("orin").lines())
                .contains(
                        "gpu0 Orin (nvgpu) | GPU-4c4c4d00-5f1c-4b1e-9d4e-000000000000 | 00000000:00:00.0 | 540.4.0",
                        "gpu0 state active unified true system",
                        "gpu0 utilizationRatio 0.15",
                        "gpu0 smClockMhz 1300.5",
                        "gpu0 temperatureCelsius 47.5",
                        "gpu0 encoderRatio not-supported (NVML says 0, which on a Jetson means that it does not know)",
                        "gpu0 powerWatts not-supported (nvmlDeviceGetPowerUsage: 0 mW, which no running card draws)")
                .noneMatch(line -> line.startsWith("gpu0 pid"));
    }
}
