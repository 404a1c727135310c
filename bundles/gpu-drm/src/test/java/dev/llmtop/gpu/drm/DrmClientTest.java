// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.drm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.llmtop.gpu.drm.DrmClient.Cycles;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DrmClientTest {
    /** A public recording of an i915 machine. */
    @Test
    void aClientOfI915() {
        DrmClient client = DrmClient.parse("""
                        pos:	0
                        flags:	0100002
                        drm-driver:	i915
                        drm-client-id:	4
                        drm-pdev:	0000:00:02.0
                        drm-total-system0:	279968 KiB
                        drm-shared-system0:	192368 KiB
                        drm-active-system0:	0
                        drm-resident-system0:	279968 KiB
                        drm-purgeable-system0:	880 KiB
                        drm-engine-render:	324435861152 ns
                        drm-engine-copy:	0 ns
                        drm-engine-video:	0 ns
                        drm-engine-capacity-video:	2
                        """).orElseThrow();
        assertThat(client.driver()).isEqualTo("i915");
        assertThat(client.card()).isEqualTo("0000:00:02.0");
        assertThat(client.id()).isEqualTo("4");
        assertThat(client.memory()).containsExactly(entry("system0", 279_968L * 1024));
        assertThat(client.engineNanos())
                .containsEntry("render", 324_435_861_152L)
                .containsEntry("video", 0L);
        assertThat(client.engineNanos()).doesNotContainKey("capacity-video");
        assertThat(client.capacity()).containsExactly(entry("video", 2L));
    }

    /** As xe_drm_client.c of the kernel writes it: three units in one file. */
    @Test
    void aClientOfXe() {
        DrmClient client = DrmClient.parse("""
                        drm-driver:	xe
                        drm-client-id:	3
                        drm-pdev:	0000:03:00.0
                        drm-total-gtt:	192 KiB
                        drm-total-vram0:	23992 KiB
                        drm-shared-vram0:	16 MiB
                        drm-resident-vram0:	24 MiB
                        drm-resident-gtt:	4096
                        drm-cycles-rcs:	28257900
                        drm-total-cycles-rcs:	7655183225
                        drm-cycles-ccs:	0
                        drm-total-cycles-ccs:	7655183225
                        drm-engine-capacity-ccs:	4
                        """).orElseThrow();
        assertThat(client.memory()).containsOnly(entry("vram0", 24L << 20), entry("gtt", 4096L));
        assertThat(client.cycles())
                .containsOnly(
                        entry("rcs", new Cycles(28_257_900, 7_655_183_225L)),
                        entry("ccs", new Cycles(0, 7_655_183_225L)));
        assertThat(client.capacity()).containsExactly(entry("ccs", 4L));
    }

    @Test
    void whatOldKernelsCallMemoryIsResident() {
        DrmClient client = DrmClient.parse(
                        "pasid:\t32784\ndrm-driver:\tamdgpu\ndrm-client-id:\t217\ndrm-memory-vram:\t2068 KiB\n"
                                + "drm-memory-gtt: \t8192 KiB\ndrm-engine-gfx:\t107322799 ns\n")
                .orElseThrow();
        assertThat(client.memory()).containsOnly(entry("vram", 2068L * 1024), entry("gtt", 8192L * 1024));
    }

    @Test
    void aDescriptorOfSomethingElseIsNoClient() {
        assertThat(DrmClient.parse("pos:\t0\nflags:\t02\nmnt_id:\t15\n")).isEmpty();
        assertThat(DrmClient.parse("drm-driver:\tnouveau\n")).isEmpty();
        assertThat(DrmClient.parse("")).isEmpty();
    }

    @Test
    void numbersThatDoNotFitAndUnitsOfNobodyAreLeftOut() {
        for (String odd :
                List.of("-1 KiB", "99999999999999999999 KiB", "5 PiB", "5 KiB KiB", "", "x", "99999999999 GiB")) {
            assertThat(DrmClient.bytes(odd)).as(odd).isEmpty();
        }
        assertThat(DrmClient.bytes("3 GiB")).hasValue(3L << 30);
    }

    @Test
    void anyTextIsReadWithoutFail() {
        Random random = new Random(3);
        String alphabet = "drm-driverclientidmemoryvramKiB:\t \n0123456789-\u202e";
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder("drm-driver:a\ndrm-client-id:1\n");
            for (int at = 0; at < 200; at++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(DrmClient.parse(text.toString()).orElseThrow().memory().values())
                    .allMatch(bytes -> bytes >= 0);
        }
    }
}
