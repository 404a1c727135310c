// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.testkit.FakeNvml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A machine whose driver is the fake library: runs {@link SamplePrinter} in a process of its own. */
final class FakeMachine {
    /** What GB10 machines have. */
    static final long SYSTEM_MEMORY = 127_600_748L * 1024;

    private static final int MOST_SECONDS = 120;

    private final Path folder;
    private final Path root;
    private final Map<FakeNvml.Age, Path> libraries = new EnumMap<>(FakeNvml.Age.class);

    FakeMachine(Path folder) throws IOException {
        this.folder = folder;
        root = folder.resolve("root");
        write("/proc/meminfo", "MemTotal:       127600748 kB\nMemFree:  1 kB\n");
    }

    /** Ends a test without a C compiler, with one line; where CI runs it, that is a failure. */
    static void needsCompiler() {
        if (FakeNvml.compiler().isEmpty()) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError("no C compiler: the fake NVML cannot be built");
            }
            System.out.println("skipped: no C compiler, the fake NVML cannot be built");
            Assumptions.abort("no C compiler");
        }
    }

    /** Where the machine's system files lie. */
    Path root() {
        return root;
    }

    /** Writes a file of the system. */
    void write(String path, String text) throws IOException {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** A display device of NVIDIA's that its driver serves. */
    void card(String address, String device, String runtimeStatus) throws IOException {
        String place = "/sys/bus/pci/devices/" + address;
        write(place + "/vendor", "0x10de\n");
        write(place + "/class", "0x030000\n");
        write(place + "/device", "0x" + device + "\n");
        write(place + "/power/runtime_status", runtimeStatus + "\n");
        Path link = root.resolve((place + "/driver").substring(1));
        Files.createSymbolicLink(link, Path.of("../../../../bus/pci/drivers/nvidia"));
    }

    /** Files as a Jetson Orin has them. Source of paths and units: rbonghi/jetson_stats issue 360 and change 889. */
    void orin() throws IOException {
        write("/proc/device-tree/compatible", "nvidia,p3768-0000+p3767-0005\0nvidia,tegra234\0");
        write("/proc/device-tree/model", "NVIDIA Jetson Orin Nano Developer Kit\0");
        write("/sys/devices/platform/bus@0/17000000.gpu/load", "150\n");
        write("/sys/class/devfreq/17000000.gpu/cur_freq", "1300500000\n");
        write("/sys/class/thermal/thermal_zone0/type", "cpu-thermal\n");
        write("/sys/class/thermal/thermal_zone0/temp", "49250\n");
        write("/sys/class/thermal/thermal_zone1/type", "gpu-thermal\n");
        write("/sys/class/thermal/thermal_zone1/temp", "46000\n");
        write("/sys/class/thermal/thermal_zone8/type", "tj-thermal\n");
        write("/sys/class/thermal/thermal_zone8/temp", "47500\n");
    }

    /** The library of a driver of this age, built once. */
    Path library(FakeNvml.Age age) throws IOException, InterruptedException {
        Path known = libraries.get(age);
        if (known == null) {
            Path place = Files.createDirectories(folder.resolve(age.name()));
            known = FakeNvml.build(place, age).orElseThrow().library();
            libraries.put(age, known);
        }
        return known;
    }

    /** What a run is to be. */
    static final class Run {
        private final FakeMachine machine;
        private final Map<String, String> environment = new HashMap<>();
        private FakeNvml.Age age = FakeNvml.Age.CURRENT;
        private Optional<String> library = Optional.empty();
        private int samples = 1;
        private long pause = 300;
        private long patience = 60_000;

        private Run(FakeMachine machine) {
            this.machine = machine;
        }

        Run with(String variable, Object value) {
            environment.put(variable, value.toString());
            return this;
        }

        Run age(FakeNvml.Age other) {
            age = other;
            return this;
        }

        Run library(String file) {
            library = Optional.of(file);
            return this;
        }

        Run samples(int count, long pauseMillis) {
            samples = count;
            pause = pauseMillis;
            return this;
        }

        /** The patience that the component has; a busy machine may need more for its first sample. */
        Run impatient() {
            patience = 180;
            return this;
        }

        /** The lines it prints. */
        List<String> lines() throws IOException, InterruptedException {
            String file =
                    library.isPresent() ? library.get() : machine.library(age).toString();
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xshare:auto",
                    "-cp",
                    System.getProperty("java.class.path")));
            if (Runtime.version().feature() >= 22) {
                command.add(1, "--enable-native-access=ALL-UNNAMED");
            }
            command.addAll(List.of(
                    SamplePrinter.class.getName(),
                    file,
                    machine.root.toString(),
                    Integer.toString(samples),
                    Long.toString(pause),
                    Long.toString(patience)));
            Path out = Files.createTempFile(machine.folder, "out", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.redirectOutput(out.toFile()).start();
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running; it said: " + Files.readString(out));
            }
            return Files.readAllLines(out);
        }
    }

    /** A run of a scenario; see fake-nvml.c. */
    Run scenario(String name) {
        return new Run(this).with("FAKE_NVML", name);
    }
}
