// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PciNamesTest {
    @TempDir
    Path folder;

    private FakeMachine machine;

    @BeforeEach
    void machine() throws IOException {
        machine = new FakeMachine(folder);
    }

    private String name(String device) {
        return new PciNames(new SystemFiles(machine.root())).of(device);
    }

    @Test
    void aCardIsCalledWhatItIsSoldAs() throws IOException {
        machine.write(
                "/usr/share/hwdata/pci.ids",
                "# a list\n1002  AMD\n\t2684  not ours\n10de  NVIDIA Corporation\n\t2330  GH100 [H100 SXM5 80GB]\n"
                        + "\t\t10de 16c1  a board\n\t2684  AD102 [GeForce RTX 4090]\n\t2941  GB20B\n10df  Emulex\n\t2bad  x\n");

        assertThat(name("2684")).isEqualTo("NVIDIA GeForce RTX 4090");
        assertThat(name("2941")).isEqualTo("NVIDIA GB20B");
        assertThat(name("2bad")).isEqualTo("NVIDIA device 2bad");
    }

    @Test
    void withoutAListItIsCalledByItsNumber() throws IOException {
        assertThat(name("2684")).isEqualTo("NVIDIA device 2684");
        machine.write("/usr/share/misc/pci.ids", "");
        assertThat(name("2684")).isEqualTo("NVIDIA device 2684");
        assertThat(name("")).isEqualTo("NVIDIA device ");
    }
}
