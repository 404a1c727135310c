// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlGroupTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String OTHER = "fedcba9876543210".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "/docker/ID, docker",
        "/mine/ID, docker",
        "/system.slice/docker-ID.scope, docker",
        "/../docker-ID.scope/inner, docker",
        "/user.slice/user-1000.slice/user@1000.service/user.slice/docker-ID.scope, docker",
        "/system.slice/docker-ID.scope/init.scope, docker",
        "/docker/OTHER/docker/ID, docker",
        "/system.slice/docker-ID.scope (deleted), docker",
        "/libpod_parent/libpod-ID, podman",
        "/machine.slice/libpod-ID.scope/container, podman",
        "/user.slice/user-1000.slice/user@1000.service/user.slice/user-libpod_pod_OTHER.slice/libpod-ID.scope, podman",
        "/system.slice/web.service/libpod-payload-ID, podman",
        "/system.slice/nerdctl-ID.scope, containerd",
        "/default/ID, containerd",
        "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1_2.slice/cri-containerd-ID.scope, containerd",
        "/kubepods.slice/kubepods-pod1_2.slice/crio-ID.scope, cri-o",
        "/kubepods/besteffort/pod1-2/ID, kubernetes",
    })
    void everyRuntimeIsKnownByItsPath(String path, String runtime) {
        String text = "0::" + path.replace("ID", ID).replace("OTHER", OTHER) + "\n";

        assertThat(ControlGroup.read(text)).contains(new ControlGroup(ID, runtime));
    }

    @ParameterizedTest
    @CsvSource({
        "/lxc.payload.web, web, lxc",
        "/lxc.payload.web/system.slice/x.service, web, lxc",
        "/lxc/101/ns, 101, lxc",
        "/machine.slice/systemd-nspawn@web.service/payload, web, systemd-nspawn",
        "/machine.slice/machine-my\\x2dbox.scope, my-box, systemd-nspawn",
    })
    void containersWithoutNumbersGoByName(String path, String name, String runtime) {
        assertThat(ControlGroup.read("0::" + path)).contains(new ControlGroup(name, runtime));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0::/",
                "0::/../..",
                "0::/system.slice/ollama.service",
                "0::/user.slice/user-1000.slice/session-3.scope",
                "0::/machine.slice/libpod-conmon-ID.scope",
                "0::/system.slice/crio-conmon-ID.scope",
                "0::/machine.slice/machine-qemu\\x2d1\\x2dvm.scope",
                "0::/system.slice/snap.ollama.listener.service",
                "0::/process/0123456789abcdef0123456789abcdef",
                "",
                ":::",
                "nonsense"
            })
    void allElseIsNoContainer(String text) {
        assertThat(ControlGroup.read(text.replace("ID", ID))).isEmpty();
    }

    @Test
    void versionOneCarriesThePathWhereVersionTwoIsEmpty() {
        String text = "12:memory:/docker/" + ID + "\n3:cpu,cpuacct:/docker/" + OTHER + "\n1:name=systemd:/\n0::/\n";

        assertThat(ControlGroup.read(text)).contains(new ControlGroup(ID, "docker"));
    }

    @Test
    void mountsNameTheContainerWhereThePathDoesNot() {
        String docker = "10 9 8:1 /var/lib/docker/containers/" + ID + "/hostname /etc/hostname rw - ext4 /dev/sda rw\n";
        String podman = "10 9 8:1 /containers/overlay-containers/" + ID
                + "/userdata/resolv.conf /etc/resolv.conf rw - ext4 x rw\n";

        assertThat(MountTable.read("odd\n" + docker).container()).contains(new ControlGroup(ID, "docker"));
        assertThat(MountTable.read(podman).container()).contains(new ControlGroup(ID, "podman"));
        assertThat(MountTable.read("10 9 8:1 /etc/hostname /etc/hostname rw - ext4 x rw")
                        .container())
                .isEmpty();
        assertThat(MountTable.read("1 2 3:4 / /etc/hostname\n1 2 3:4  /etc/hostname\n\n")
                        .container())
                .isEmpty();
    }

    @Test
    void podHasItsContainersNameInAMount() {
        String line = "10 9 8:1 /var/lib/kubelet/pods/1-2/containers/vllm/4f2a /dev/termination-log rw - ext4 x rw\n";

        assertThat(MountTable.read(line).kubernetesName()).contains("vllm");
    }
}
