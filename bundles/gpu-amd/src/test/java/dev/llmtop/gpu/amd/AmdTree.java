// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.amd;

/** Cards as public recordings have them. */
record AmdTree(SystemTree files) {
    static final String CARD = "/sys/class/drm/card0/device";
    static final String HWMON = CARD + "/hwmon/hwmon5";

    /** ilya-zlobintsev/LACT, tests/snapshots: RX 6900 XT. */
    void rx6900xt() {
        files.files("/sys/class/drm/card0-DP-1", "status=connected")
                .files("/sys/class/drm/renderD128/device", "uevent=DRIVER=amdgpu")
                .files("/proc/1/fdinfo", "0=pos:	0")
                .files(
                        CARD,
                        "uevent=DRIVER=amdgpu\nPCI_CLASS=30000\nPCI_ID=1002:73BF\nPCI_SLOT_NAME=0000:0c:00.0",
                        "vendor=0x1002",
                        "gpu_busy_percent=3",
                        "mem_busy_percent=0",
                        "mem_info_vram_total=17163091968",
                        "mem_info_vram_used=668274688",
                        "mem_info_gtt_total=16786171904",
                        "mem_info_gtt_used=62369792",
                        "current_link_speed=16.0 GT/s PCIe",
                        "current_link_width=16",
                        "max_link_speed=16.0 GT/s PCIe",
                        "max_link_width=16",
                        "pp_dpm_sclk=0: 500Mhz *\n1: 2660Mhz ",
                        "pp_dpm_mclk=0: 96Mhz \n1: 456Mhz \n2: 675Mhz \n3: 1000Mhz *",
                        "unique_id=946d7e1ef9b172dd",
                        "product_name=",
                        "pcie_bw=",
                        "power_state=D0",
                        "power/runtime_status=active")
                .files(CARD + "/hwmon/hwmon2", "name=nvme", "temp1_input=1")
                .files(
                        HWMON,
                        "name=amdgpu",
                        "temp1_input=56000",
                        "temp2_input=59000",
                        "temp3_input=54000",
                        "temp1_label=edge",
                        "temp2_label=junction",
                        "temp3_label=mem",
                        "temp1_crit=100000",
                        "temp1_emergency=105000",
                        "temp1_crit_hyst=-273150",
                        "power1_average=36000000",
                        "power1_cap=289000000",
                        "freq1_input=500000000",
                        "freq2_input=1000000000",
                        "in0_input=775",
                        "in0_label=vddgfx",
                        "pwm1=0",
                        "pwm1_max=255");
    }

    /** The same collection: a Strix Point processor. */
    void strixPoint() {
        files.files(
                        CARD,
                        "uevent=DRIVER=amdgpu\nPCI_ID=1002:150E\nPCI_SLOT_NAME=0000:c1:00.0",
                        "gpu_busy_percent=3",
                        "vcn_busy_percent=0",
                        "mem_info_vram_total=536870912",
                        "mem_info_vram_used=514580480",
                        "mem_info_gtt_total=16441004032",
                        "mem_info_gtt_used=3946811392",
                        "power/runtime_status=active")
                .files(
                        CARD + "/hwmon/hwmon6",
                        "name=amdgpu",
                        "temp1_input=38000",
                        "temp1_label=edge",
                        "power1_average=9087000",
                        "power1_input=9087000",
                        "freq1_input=848000000",
                        "in0_label=vddgfx",
                        "in0_input=0",
                        "in1_label=vddnb");
    }

    /** prometheus/procfs, testdata/fixtures.ttar. */
    void vega() {
        files.files(
                CARD,
                "uevent=DRIVER=amdgpu\nPCI_ID=1002:687F\nPCI_SLOT_NAME=0000:09:00.0",
                "gpu_busy_percent=4",
                "mem_info_vram_total=8573157376",
                "mem_info_vram_used=1490378752",
                "mem_info_gtt_total=8573157376",
                "mem_info_gtt_used=144560128",
                "pcie_bw=6641 815 256",
                "unique_id=0123456789abcdef",
                "power_state=D0",
                "pp_dpm_mclk=0: 167Mhz *\n1: 500Mhz \n2: 800Mhz \n3: 945Mhz ");
    }

    void kfdNode(int node, long gpuId, long location) {
        files.files("/sys/class/kfd/kfd/topology/nodes/0", "gpu_id=0", "properties=cpu_cores_count 16")
                .files(
                        "/sys/class/kfd/kfd/topology/nodes/" + node,
                        "gpu_id=" + gpuId,
                        "properties=simd_count 160\nlocation_id " + location + "\ndomain 0\ndrm_render_minor 128");
    }
}
