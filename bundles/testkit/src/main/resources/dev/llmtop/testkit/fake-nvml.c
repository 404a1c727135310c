// SPDX-License-Identifier: MIT
/*
 * A libnvidia-ml.so.1 without a GPU. Layouts and codes: NVIDIA/go-nvml gen/nvml/nvml.h (NVML 13.3.29).
 *
 * FAKE_NVML            the scenario, by default h100; see the table `scenarios` and README.md of the bundle gpu-nvml
 * FAKE_NVML_DEVICES    how many cards; by default what the scenario has
 * FAKE_NVML_PROCESSES  how many processes on each card
 * FAKE_NVML_PIDS       PID[:MIB[@CARD]],... instead of made-up processes
 * FAKE_NVML_REFUSE     SYMBOL=CODE,... these calls return that and nothing else
 * FAKE_NVML_HANG       SYMBOL[:N] the call sleeps from its Nth time on, for FAKE_NVML_HANG_MS (60000)
 * FAKE_NVML_LOST_AFTER N: a card that is lost (scenario lost-later) is so after N calls of nvmlDeviceGetUtilizationRates
 * FAKE_NVML_LOG        a file that gets a line for each call
 * FAKE_NVML_MOVE       1: utilization, power and memory of the cards change with time
 * FAKE_NVML_SYSTEM     bytes of system memory that gb10-system tells as the card's
 *
 * Built with -DFAKE_NO_V3 it lacks what drivers before 510 lack, with -DFAKE_ONLY_V1 what older ones lack.
 * Behind each thing that it writes it writes eight bytes 0xA5: whoever reads too far sees them.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    OK = 0, UNINITIALIZED = 1, INVALID = 2, NOT_SUPPORTED = 3, NO_PERMISSION = 4, NOT_FOUND = 6, SMALL = 7,
    NO_DRIVER = 9, LOST = 15, MISMATCH = 18, WRONG_VERSION = 25, UNKNOWN = 999
};
#define ALL_ONES 0xFFFFFFFFFFFFFFFFULL
#define MIB (1024ULL * 1024)
#define MAX_CARDS 16
#define MAX_PARTS 7
#define MAX_PROCESSES 256
#define NVML(name, ...) __attribute__((visibility("default"))) int name(__VA_ARGS__)
#define ENTER(device) \
    Handle *h = device; \
    int code = enter(__func__, h); \
    if (code) return code

typedef unsigned int u32;
typedef unsigned long long u64;

typedef struct { u32 magic; int card, part; } Handle;
typedef struct { u32 pid; u64 bytes; int card, part; } Process;
typedef struct {
    const char *name, *driver, *cuda_name;
    u64 total, used, reserved, bar1_total, bar1_used;
    int gpu, memory, watts_mw, average_mw, limit_mw, celsius, memory_celsius, slowdown, shutdown;
    int sm, sm_max, mem, mem_max, fans, fan, state, generation, width, cuda, cards, processes, domain, bus;
    u64 reasons;
} Model;

static const Model h100 = {
    "NVIDIA H100 80GB HBM3", "550.163.01", "", 85899345920ULL, 1610612736ULL, 1073741824ULL, 274877906944ULL, 4 * MIB,
    37, 21, 331200, 330100, 700000, 52, 61, 87, 92, 1830, 1980, 1593, 2619, 0, 0, 0, 5, 16, 12040, 1, 2, 0, 0x18, 0x4};
static const Model gb10 = {
    "NVIDIA GB10", "580.95.05", "", 0, 0, 0, 0, 0, 87, 0, 41500, 41200, 0, 61, 0, 0, 0, 2405, 3003, 0, 0, 0, 0, 0, 5, 1,
    13000, 1, 1, 0xF, 1, 0};
static const Model rtx4070 = {
    "NVIDIA GeForce RTX 4070 Ti SUPER", "560.94", "", 16376 * MIB, 14360 * MIB, 239 * MIB, 256 * MIB, 9 * MIB, 55, 30,
    180500, 0, 285000, 58, 0, 93, 98, 2610, 3105, 10501, 10501, 1, 35, 2, 4, 16, 12060, 1, 1, 0, 1, 0};
static const Model titan = {
    "NVIDIA TITAN RTX", "535.54.03", "", 24576 * MIB, 4844 * MIB, 300 * MIB, 256 * MIB, 6 * MIB, 13, 4, 61000, 0, 280000,
    44, 0, 91, 94, 1350, 2100, 7001, 7001, 1, 40, 2, 3, 16, 12020, 1, 2, 0, 0x3b, 0};
static const Model a100 = {
    "NVIDIA A100-SXM4-40GB", "535.183.01", "", 40960 * MIB, 20000 * MIB, 570 * MIB, 65536 * MIB, 2 * MIB, 0, 0, 143000,
    142000, 400000, 41, 45, 89, 92, 1155, 1410, 1215, 1215, 0, 0, 0, 4, 16, 12020, 1, 2, 0, 0x07, 0};
static const Model orin = {
    "Orin (nvgpu)", "540.4.0", "", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12060, 1, 2, 0, 0,
    0};

static struct { const char *name; const Model *model; } scenarios[] = {
    {"h100", &h100}, {"gb10", &gb10}, {"gb10-idle", &gb10}, {"gb10-zero", &gb10}, {"gb10-system", &gb10},
    {"wsl", &rtx4070}, {"old", &titan}, {"memory-v2-unknown", &rtx4070}, {"mig", &a100}, {"growing", &h100},
    {"always-small", &h100}, {"lost-later", &h100}, {"lost-one", &h100}, {"no-permission", &h100}, {"no-driver", &h100},
    {"mismatch", &h100}, {"slow-pcie", &rtx4070}, {"process-samples", &h100}, {"no-process-samples", &h100},
    {"titan", &titan}, {"orin", &orin}, {"vgpu", &a100}, {"stuck-power", &rtx4070}, {"unknown-reason", &h100},
    {"ecc-off", &rtx4070}, {"temperature-limits", &h100}};

static Model model;
static const char *scenario = "h100";
static int cards, initialised, utilization_calls, list_calls, hang_calls, process_count;
static Handle handles[MAX_CARDS][MAX_PARTS + 1];
static Process processes[MAX_PROCESSES * MAX_CARDS];

static int is(const char *name) { return !strcmp(scenario, name); }
static int starts(const char *prefix) { return !strncmp(scenario, prefix, strlen(prefix)); }
static int number(const char *name, int otherwise) { const char *text = getenv(name); return text && *text ? atoi(text) : otherwise; }

static u64 nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (u64) now.tv_sec * 1000000000ULL + (u64) now.tv_nsec;
}

static void sleep_ms(int milliseconds) {
    struct timespec time = {milliseconds / 1000, (milliseconds % 1000) * 1000000L};
    nanosleep(&time, NULL);
}

static void canary(void *end) { memset(end, 0xA5, 8); }

static int put(u32 *out, u32 value) { *out = value; canary(out + 1); return OK; }
static int put64(u64 *out, u64 value) { *out = value; canary(out + 1); return OK; }

static int text(char *out, u32 length, const char *format, ...) {
    char made[256];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(made, sizeof made, format, arguments);
    va_end(arguments);
    if ((u32) size + 1 > length) return SMALL;
    memcpy(out, made, (size_t) size + 1);
    canary(out + length);
    return OK;
}

static void add(u32 pid, u64 bytes, int card, int part) {
    if (process_count < MAX_PROCESSES * MAX_CARDS) processes[process_count++] = (Process) {pid, bytes, card, part};
}

/* Of memory that is free, or of what was recorded as used. */
static u64 share(int count, int at) {
    if (is("mig")) return (at ? 12000 : 4000) * MIB;
    u64 room = !model.total ? 64 * 1024 * MIB : model.total == h100.total ? model.total - model.reserved : model.used;
    return room / 10 * 8 / (u64) count / MIB * MIB;
}

static void make_processes(void) {
    const char *list = getenv("FAKE_NVML_PIDS");
    if (list && *list) {
        char copy[4096], *save, *item;
        snprintf(copy, sizeof copy, "%s", list);
        for (item = strtok_r(copy, ",", &save); item; item = strtok_r(NULL, ",", &save)) {
            u32 pid = 0;
            u64 mib = 1024;
            int card = 0;
            if (sscanf(item, "%u:%llu@%d", &pid, &mib, &card) < 1) continue;
            add(pid, mib * MIB, card, 0);
        }
        return;
    }
    int count = number("FAKE_NVML_PROCESSES", model.processes);
    if (count > MAX_PROCESSES) count = MAX_PROCESSES;
    for (int card = 0; card < cards; card++) {
        for (int at = 0; at < count; at++) {
            u64 bytes = is("wsl") ? ALL_ONES : share(count, at);
            add(is("wsl") ? 79 : (u32) (20001 + card * 1000 + at), bytes, card, is("mig") ? (at ? 3 : 1) : 0);
        }
    }
    if (is("gb10") && count == 1) processes[0].bytes = 19135 * MIB;
}

static void setup(void) {
    const char *wanted = getenv("FAKE_NVML");
    if (wanted && *wanted) scenario = wanted;
    model = h100;
    for (size_t at = 0; at < sizeof scenarios / sizeof *scenarios; at++) {
        if (is(scenarios[at].name)) model = *scenarios[at].model;
    }
    if (is("gb10-idle")) { model.watts_mw = 3000; model.average_mw = 3000; model.celsius = 36; model.state = 8; model.gpu = 0; model.sm = 208; }
    if (is("lost-one") || is("lost-later")) model.cards = 2;
    if (is("old")) model.driver = "450.80.02";
    cards = number("FAKE_NVML_DEVICES", model.cards);
    if (cards > MAX_CARDS) cards = MAX_CARDS;
    process_count = 0;
    make_processes();
    for (int card = 0; card < MAX_CARDS; card++) {
        for (int part = 0; part <= MAX_PARTS; part++) handles[card][part] = (Handle) {0x4E564D4C, card, part};
    }
    initialised = 1;
}

static void note(const char *symbol, const Handle *h) {
    const char *file = getenv("FAKE_NVML_LOG");
    if (!file || !*file) return;
    FILE *log = fopen(file, "a");
    if (!log) return;
    fprintf(log, h ? "%s %d/%d\n" : "%s\n", symbol, h ? h->card : 0, h ? h->part : 0);
    fclose(log);
}

static void hang(const char *symbol) {
    const char *wanted = getenv("FAKE_NVML_HANG");
    size_t length = strlen(symbol);
    if (!wanted || strncmp(wanted, symbol, length) || (wanted[length] && wanted[length] != ':')) return;
    if (++hang_calls >= (wanted[length] ? atoi(wanted + length + 1) : 1)) sleep_ms(number("FAKE_NVML_HANG_MS", 60000));
}

static int refused(const char *symbol) {
    const char *list = getenv("FAKE_NVML_REFUSE");
    size_t length = strlen(symbol);
    for (const char *at = list; at && *at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
        if (!strncmp(at, symbol, length) && at[length] == '=') return atoi(at + length + 1);
    }
    return OK;
}

static int has(const char *symbol, const char *part) { return strstr(symbol, part) != NULL; }

/* What a whole card does not support, by scenario. */
static int unsupported(const char *symbol, const Handle *h) {
    if (starts("gb10") && (has(symbol, "Fan") || has(symbol, "PowerLimit") || has(symbol, "PowerManagementLimit")
            || has(symbol, "BAR1") || has(symbol, "Ecc") || has(symbol, "Remapped") || has(symbol, "PcieThroughput"))) return 1;
    if (is("gb10") || is("gb10-idle")) return has(symbol, "MemoryInfo");
    if (is("wsl")) return has(symbol, "ProcessUtilization") || has(symbol, "ProcessesUtilization") || has(symbol, "Ecc")
            || has(symbol, "Remapped") || has(symbol, "MigMode") || has(symbol, "FieldValues");
    if (is("mig") || h->part) {
        if (has(symbol, "UtilizationRates") || has(symbol, "ProcessUtilization") || has(symbol, "ProcessesUtilization")
                || has(symbol, "coderUtilization") || has(symbol, "Remapped")) return 1;
        if (h->part) return !(has(symbol, "Memory") || has(symbol, "Process") || has(symbol, "UUID") || has(symbol, "Name")
                || has(symbol, "InstanceId") || has(symbol, "Attributes"));
    }
    if (is("old")) return has(symbol, "Ecc") || has(symbol, "Remapped") || has(symbol, "MigMode");
    if (is("vgpu")) return has(symbol, "Clock") && !has(symbol, "Reasons");
    if (is("orin")) return has(symbol, "BAR1") || has(symbol, "Fan") || has(symbol, "Ecc") || has(symbol, "Remapped")
            || has(symbol, "FieldValues") || has(symbol, "Pcie");
    return 0;
}

static int enter(const char *symbol, const Handle *h) {
    note(symbol, h);
    hang(symbol);
    if (!initialised) return UNINITIALIZED;
    if (h->magic != 0x4E564D4C) return INVALID;
    if (is("lost-one") && h->card == 0) return LOST;
    if (is("lost-later") && h->card == 0) {
        if (!strcmp(symbol, "nvmlDeviceGetUtilizationRates")) utilization_calls++;
        if (utilization_calls > number("FAKE_NVML_LOST_AFTER", 1)) return LOST;
    }
    int code = refused(symbol);
    return code ? code : unsupported(symbol, h) ? NOT_SUPPORTED : OK;
}

/* The system. */
static int start(const char *symbol) {
    note(symbol, NULL);
    hang(symbol);
    int code = refused(symbol);
    if (code) return code;
    setup();
    if (is("no-driver") || is("mismatch")) {
        initialised = 0;
        return is("no-driver") ? NO_DRIVER : MISMATCH;
    }
    return OK;
}
NVML(nvmlInit_v2, void) { return start(__func__); }
NVML(nvmlInit, void) { return start(__func__); }
NVML(nvmlShutdown, void) { note(__func__, NULL); hang(__func__); initialised = 0; return OK; }
NVML(nvmlSystemGetDriverVersion, char *out, u32 length) { note(__func__, NULL); int code = refused(__func__); return code ? code : text(out, length, "%s", model.driver); }
NVML(nvmlSystemGetNVMLVersion, char *out, u32 length) { note(__func__, NULL); return text(out, length, "12.%s", model.driver); }
NVML(nvmlSystemGetCudaDriverVersion_v2, u32 *out) { note(__func__, NULL); return put(out, (u32) model.cuda); }
NVML(nvmlSystemGetCudaDriverVersion, u32 *out) { note(__func__, NULL); return put(out, (u32) model.cuda); }

static int count(u32 *out, const char *symbol) { note(symbol, NULL); hang(symbol); int code = refused(symbol); return code ? code : !initialised ? UNINITIALIZED : put(out, (u32) cards); }
NVML(nvmlDeviceGetCount_v2, u32 *out) { return count(out, __func__); }
NVML(nvmlDeviceGetCount, u32 *out) { return count(out, __func__); }

static int handle(u32 index, Handle **out, const char *symbol) {
    note(symbol, index < MAX_CARDS ? &handles[index][0] : NULL);
    hang(symbol);
    int code = refused(symbol);
    if (code) return code;
    if (!initialised) return UNINITIALIZED;
    if ((int) index >= cards) return INVALID;
    if (is("no-permission")) return NO_PERMISSION;
    if (is("lost-one") && index == 0) return LOST;
    *out = &handles[index][0];
    canary(out + 1);
    return OK;
}
NVML(nvmlDeviceGetHandleByIndex_v2, u32 index, Handle **out) { return handle(index, out, __func__); }
NVML(nvmlDeviceGetHandleByIndex, u32 index, Handle **out) { return handle(index, out, __func__); }
NVML(nvmlDeviceGetHandleByPciBusId_v2, const char *id, Handle **out) {
    u32 domain = 0, bus = 0;
    if (sscanf(id, "%x:%x:", &domain, &bus) != 2) return INVALID;
    for (int card = 0; card < cards; card++) {
        if ((int) domain == model.domain && (int) bus == model.bus + card) return handle((u32) card, out, __func__);
    }
    return NOT_FOUND;
}

/* What a card is. */
static int name(Handle *h, char *out, u32 length) {
    static const char *profiles[] = {"", "1g.5gb", "2g.10gb", "3g.20gb"};
    return h->part ? text(out, length, "%s MIG %s", model.name, profiles[h->part & 3]) : text(out, length, "%s", model.name);
}
NVML(nvmlDeviceGetName, Handle *device, char *out, u32 length) { ENTER(device); return name(h, out, length); }
NVML(nvmlDeviceGetUUID, Handle *device, char *out, u32 length) {
    ENTER(device);
    return text(out, length, "%s-%08x-5f1c-4b1e-9d4e-00000000%02x%02x", h->part ? "MIG" : "GPU", 0x4c4c4d00 + h->card, h->card, h->part);
}
typedef struct { char legacy[16]; u32 domain, bus, device, id, subsystem; char bus_id[32]; } Pci;
static int pci(Handle *h, Pci *out) {
    Pci made = {"", (u32) model.domain, (u32) (model.bus + h->card), 0, 0x233010de, 0, ""};
    snprintf(made.legacy, sizeof made.legacy, "%04x:%02x:00.0", made.domain, made.bus & 0xFF);
    snprintf(made.bus_id, sizeof made.bus_id, "%08X:%02X:00.0", made.domain, made.bus & 0xFF);
    memcpy(out, &made, sizeof made);
    canary(out + 1);
    return OK;
}
NVML(nvmlDeviceGetPciInfo_v3, Handle *device, Pci *out) { ENTER(device); return pci(h, out); }
NVML(nvmlDeviceGetPciInfo_v2, Handle *device, Pci *out) { ENTER(device); return pci(h, out); }
NVML(nvmlDeviceGetPciInfo, Handle *device, Pci *out) { ENTER(device); return pci(h, out); }

/* Memory. */
static int waves(int value) {
    return number("FAKE_NVML_MOVE", 0) ? (int) (value / 2 + (int) (nanos() / 1000000000ULL * 7 % 50)) : value;
}
typedef struct { u64 total, free, used; } Memory;
typedef struct { u32 version, pad; u64 total, reserved, free, used; } Memory2;
static Memory memory(const Handle *h) {
    u64 total = model.total, used = model.used, held = 0;
    if (h->part) { total = total / 8 * (u64) (h->part == 3 ? 4 : 1); used = 13 * MIB; }
    for (int at = 0; at < process_count; at++) {
        if (processes[at].card == h->card && processes[at].bytes != ALL_ONES && (!h->part || processes[at].part == h->part)) held += processes[at].bytes;
    }
    if (model.total == h100.total || h->part) used += held;
    if (is("gb10-system")) {
        const char *system = getenv("FAKE_NVML_SYSTEM");
        total = system ? strtoull(system, NULL, 10) : 128501256192ULL;
        used = total / 4;
    }
    if (used > total) used = total;
    return (Memory) {total, total - used, used};
}
NVML(nvmlDeviceGetMemoryInfo, Handle *device, Memory *out) {
    memset(out, 0, sizeof *out);
    ENTER(device);
    *out = memory(h);
    canary(out + 1);
    return OK;
}
#if !defined(FAKE_NO_V3) && !defined(FAKE_ONLY_V1)
NVML(nvmlDeviceGetMemoryInfo_v2, Handle *device, Memory2 *out) {
    if (out->version != (sizeof *out | 2U << 24)) return WRONG_VERSION;
    memset(&out->total, 0, sizeof *out - 8);
    ENTER(device);
    if (is("memory-v2-unknown")) return UNKNOWN;
    Memory plain = memory(h);
    u64 reserved = starts("gb10") || h->part ? 0 : model.reserved;
    *out = (Memory2) {out->version, 0, plain.total, reserved, plain.free, plain.used - (plain.used > reserved ? reserved : 0)};
    canary(out + 1);
    return OK;
}
#endif
NVML(nvmlDeviceGetBAR1MemoryInfo, Handle *device, Memory *out) {
    ENTER(device);
    *out = (Memory) {model.bar1_total, model.bar1_total - model.bar1_used, model.bar1_used};
    canary(out + 1);
    return OK;
}

/* Load, power, heat. */
typedef struct { u32 gpu, memory; } Utilization;
NVML(nvmlDeviceGetUtilizationRates, Handle *device, Utilization *out) {
    ENTER(device);
    *out = (Utilization) {(u32) waves(model.gpu), (u32) model.memory};
    canary(out + 1);
    return OK;
}
static int use(Handle *h, u32 *out, u32 *period) { (void) h; put(period, 167000); return put(out, 0); }
NVML(nvmlDeviceGetEncoderUtilization, Handle *device, u32 *out, u32 *period) { ENTER(device); return use(h, out, period); }
NVML(nvmlDeviceGetDecoderUtilization, Handle *device, u32 *out, u32 *period) { ENTER(device); return use(h, out, period); }
static u32 milliwatts(void) { return is("stuck-power") ? 752000 : is("vgpu") ? 0 : (u32) waves(model.watts_mw / 1000) * 1000 + (u32) model.watts_mw % 1000; }
NVML(nvmlDeviceGetPowerUsage, Handle *device, u32 *out) { ENTER(device); return put(out, milliwatts()); }
static u32 limit(void) { return is("vgpu") ? 0 : is("stuck-power") ? 80000 : (u32) model.limit_mw; }
NVML(nvmlDeviceGetEnforcedPowerLimit, Handle *device, u32 *out) { ENTER(device); return put(out, limit()); }
NVML(nvmlDeviceGetPowerManagementLimit, Handle *device, u32 *out) { ENTER(device); return put(out, limit()); }
static u64 energy(void) { return is("vgpu") || is("orin") ? 0 : 5000000000ULL + nanos() / 1000000 * (u64) (milliwatts() / 1000); }
NVML(nvmlDeviceGetTotalEnergyConsumption, Handle *device, u64 *out) { ENTER(device); return put64(out, energy()); }
NVML(nvmlDeviceGetTemperature, Handle *device, int sensor, u32 *out) { ENTER(device); return sensor ? INVALID : put(out, (u32) model.celsius); }
typedef struct { u32 version, sensor; int temperature; } Temperature;
typedef struct { u32 version; int margin; } Margin;
#if !defined(FAKE_NO_V3) && !defined(FAKE_ONLY_V1)
NVML(nvmlDeviceGetTemperatureV, Handle *device, Temperature *out) {
    if (out->version != (sizeof *out | 1U << 24)) return WRONG_VERSION;
    ENTER(device);
    out->temperature = model.celsius;
    canary(out + 1);
    return OK;
}
NVML(nvmlDeviceGetMarginTemperature, Handle *device, Margin *out) {
    if (out->version != (sizeof *out | 1U << 24)) return WRONG_VERSION;
    ENTER(device);
    if (!is("temperature-limits")) return NOT_SUPPORTED;
    out->margin = 33;
    canary(out + 1);
    return OK;
}
#endif
NVML(nvmlDeviceGetTemperatureThreshold, Handle *device, int type, u32 *out) {
    ENTER(device);
    if (is("temperature-limits") || type > 1 || !model.slowdown) return NOT_SUPPORTED;
    return put(out, (u32) (type ? model.slowdown : model.shutdown));
}
NVML(nvmlDeviceGetNumFans, Handle *device, u32 *out) { ENTER(device); return put(out, (u32) model.fans); }
NVML(nvmlDeviceGetFanSpeed, Handle *device, u32 *out) { ENTER(device); return model.fans ? put(out, (u32) model.fan) : NOT_SUPPORTED; }
NVML(nvmlDeviceGetFanSpeed_v2, Handle *device, u32 fan, u32 *out) {
    ENTER(device);
    return (int) fan < model.fans ? put(out, (u32) model.fan + fan) : INVALID;
}
static int clock_of(int type, u32 *out, int sm, int mem) {
    if (type == 2) return mem || !starts("gb10") ? put(out, (u32) mem) : NOT_SUPPORTED;
    return type < 0 || type > 3 ? INVALID : put(out, (u32) sm);
}
NVML(nvmlDeviceGetClockInfo, Handle *device, int type, u32 *out) { ENTER(device); return clock_of(type, out, model.sm, model.mem); }
NVML(nvmlDeviceGetMaxClockInfo, Handle *device, int type, u32 *out) { ENTER(device); return clock_of(type, out, model.sm_max, model.mem_max); }
NVML(nvmlDeviceGetPowerState, Handle *device, u32 *out) { ENTER(device); return put(out, (u32) model.state); }
static u64 reasons(void) { return is("unknown-reason") ? model.reasons | 0x1 | 0x40 | 0x4000 : model.reasons; }
#if !defined(FAKE_NO_V3) && !defined(FAKE_ONLY_V1)
NVML(nvmlDeviceGetCurrentClocksEventReasons, Handle *device, u64 *out) { ENTER(device); return put64(out, reasons()); }
#endif
NVML(nvmlDeviceGetCurrentClocksThrottleReasons, Handle *device, u64 *out) { ENTER(device); return put64(out, reasons()); }

/* Links. */
NVML(nvmlDeviceGetCurrPcieLinkGeneration, Handle *device, u32 *out) { ENTER(device); return put(out, (u32) model.generation); }
NVML(nvmlDeviceGetCurrPcieLinkWidth, Handle *device, u32 *out) { ENTER(device); return put(out, (u32) model.width); }
NVML(nvmlDeviceGetMaxPcieLinkGeneration, Handle *device, u32 *out) { ENTER(device); return put(out, (u32) model.generation); }
NVML(nvmlDeviceGetMaxPcieLinkWidth, Handle *device, u32 *out) { ENTER(device); return put(out, (u32) model.width); }
NVML(nvmlDeviceGetPcieThroughput, Handle *device, int counter, u32 *out) {
    ENTER(device);
    if (is("slow-pcie")) sleep_ms(20);
    return put(out, counter ? 2000 : 1000);
}

/* Modes and health. */
NVML(nvmlDeviceGetComputeMode, Handle *device, u32 *out) { ENTER(device); return put(out, 0); }
NVML(nvmlDeviceGetPersistenceMode, Handle *device, u32 *out) { ENTER(device); return put(out, 1); }
NVML(nvmlDeviceGetEccMode, Handle *device, u32 *now, u32 *pending) { ENTER(device); put(pending, !is("ecc-off")); return put(now, !is("ecc-off")); }
NVML(nvmlDeviceGetRemappedRows, Handle *device, u32 *corrected, u32 *uncorrected, u32 *pending, u32 *failure) {
    ENTER(device);
    put(corrected, 1); put(uncorrected, 2); put(pending, 0);
    return put(failure, 0);
}
typedef struct { u32 id, scope; int64_t time, latency; u32 type, code; union { double d; u32 u; u64 l; int i; } value; } Field;
static int field(Field *out) {
    u64 micros = nanos() / 1000;
    out->time = (int64_t) micros;
    out->type = 1;
    out->value.l = 0;
    switch (out->id) {
        case 186: if (!model.average_mw) return NOT_SUPPORTED; out->value.u = milliwatts(); return OK;
        case 185: if (!model.average_mw) return NOT_SUPPORTED; out->value.u = (u32) model.average_mw; return OK;
        case 82: if (!model.memory_celsius) return NOT_SUPPORTED; out->value.u = (u32) model.memory_celsius; return OK;
        case 3: out->type = 3; out->value.l = 4; return is("ecc-off") || starts("gb10") ? NOT_SUPPORTED : OK;
        case 4: out->type = 3; out->value.l = 0; return is("ecc-off") || starts("gb10") ? NOT_SUPPORTED : OK;
        case 197: case 198:
            if (starts("gb10") || is("slow-pcie") || is("titan")) return NOT_SUPPORTED;
            out->type = 3; out->value.l = micros * (out->id == 197 ? 3000 : 5000); return OK;
        case 138: case 139:
            if (model.memory_celsius == 0 || out->scope != 0xFFFFFFFFU) return NOT_SUPPORTED;
            out->type = 3; out->value.l = micros / 1000 * (out->id == 138 ? 20000 : 10000); return OK;
        case 193: case 194: case 195: case 196:
            if (!is("temperature-limits")) return NOT_SUPPORTED;
            out->type = 5; out->value.i = out->id == 193 ? -8 : out->id == 194 ? -2 : 0; return OK;
        default: return NOT_SUPPORTED;
    }
}
NVML(nvmlDeviceGetFieldValues, Handle *device, int count, Field *out) {
    ENTER(device);
    for (int at = 0; at < count; at++) {
        char symbol[64];
        snprintf(symbol, sizeof symbol, "nvmlDeviceGetFieldValues[%u]", out[at].id);
        int refusal = refused(symbol);
        out[at].code = (u32) (refusal ? refusal : field(&out[at]));
        out[at].latency = 0;
    }
    canary(out + count);
    return OK;
}

/* MIG: parts 1 and 3, nothing at index 1. */
NVML(nvmlDeviceGetMigMode, Handle *device, u32 *now, u32 *pending) {
    ENTER(device);
    if (!is("mig") && !is("h100")) return NOT_SUPPORTED;
    put(pending, is("mig"));
    return put(now, is("mig"));
}
NVML(nvmlDeviceGetMaxMigDeviceCount, Handle *device, u32 *out) { ENTER(device); return put(out, is("mig") ? 7 : 0); }
NVML(nvmlDeviceGetMigDeviceHandleByIndex, Handle *device, u32 index, Handle **out) {
    ENTER(device);
    if (!is("mig")) return NOT_SUPPORTED;
    if (index != 0 && index != 2) return NOT_FOUND;
    *out = &handles[h->card][index + 1];
    canary(out + 1);
    return OK;
}
NVML(nvmlDeviceGetGpuInstanceId, Handle *device, u32 *out) { ENTER(device); return put(out, (u32) h->part); }
NVML(nvmlDeviceGetComputeInstanceId, Handle *device, u32 *out) { ENTER(device); return put(out, 0); }

/* Processes. */
typedef struct { u32 pid; u64 bytes; } Process1;
typedef struct { u32 pid; u64 bytes; u32 gpu_instance, compute_instance; } Process2;
typedef struct { u32 pid; u64 bytes; u32 gpu_instance, compute_instance; u64 secret; } Process3;

static int list(Handle *h, u32 *length, char *out, size_t entry, int family) {
    u32 room = out ? *length : 0, there = 0;
    int call = ++list_calls;
    if (is("always-small")) { put(length, room + 8); return SMALL; }
    for (int at = 0; at < process_count; at++) {
        Process *p = &processes[at];
        if (p->card != h->card || (h->part && p->part != h->part) || family == 2 || (family == 1 && at % 2)) continue;
        if (there++ >= room) continue;
        Process3 made = {p->pid, p->bytes, p->part ? (u32) p->part : 0xFFFFFFFFU, p->part ? 0 : 0xFFFFFFFFU, ALL_ONES};
        if (family == 1 && made.bytes != ALL_ONES) made.bytes /= 2;
        memcpy(out + (there - 1) * entry, &made, entry);
    }
    if (is("orin")) {
        static const u32 garbage[] = {0, 3735928559U};
        for (; there < 2 && there < room; there++) { Process3 made = {garbage[there], 0, 0, 0, 0}; memcpy(out + there * entry, &made, entry); }
        there = 2;
    }
    if (is("growing") && out && call % 3 == 2) there = room + 3; /* more came since the caller asked */
    put(length, there);
    if (there > room) return SMALL;
    canary(out ? out + there * entry : (char *) (length + 1));
    return OK;
}
#if !defined(FAKE_ONLY_V1)
#define FAMILY2(name, family) NVML(name##_v2, Handle *device, u32 *length, Process2 *out) { ENTER(device); return list(h, length, (char *) out, sizeof *out, family); }
FAMILY2(nvmlDeviceGetComputeRunningProcesses, 0)
FAMILY2(nvmlDeviceGetGraphicsRunningProcesses, 1)
FAMILY2(nvmlDeviceGetMPSComputeRunningProcesses, 2)
#endif
#if !defined(FAKE_NO_V3) && !defined(FAKE_ONLY_V1)
/* From 535.43 to before 535.86 the entries are those with a field more. */
#define FAMILY3(name, family) NVML(name##_v3, Handle *device, u32 *length, void *out) { ENTER(device); return list(h, length, out, is("titan") ? sizeof(Process3) : sizeof(Process2), family); }
FAMILY3(nvmlDeviceGetComputeRunningProcesses, 0)
FAMILY3(nvmlDeviceGetGraphicsRunningProcesses, 1)
FAMILY3(nvmlDeviceGetMPSComputeRunningProcesses, 2)
#endif
#define FAMILY1(name, family) NVML(name, Handle *device, u32 *length, Process1 *out) { ENTER(device); return list(h, length, (char *) out, sizeof *out, family); }
FAMILY1(nvmlDeviceGetComputeRunningProcesses, 0)
FAMILY1(nvmlDeviceGetGraphicsRunningProcesses, 1)
FAMILY1(nvmlDeviceGetMPSComputeRunningProcesses, 2)

typedef struct { u32 pid; u64 time; u32 sm, memory, encoder, decoder; } Use;
typedef struct { u64 time; u32 pid, sm, memory, encoder, decoder, jpeg, optical; } Use2;
typedef struct { u32 version, count; u64 since; Use2 *out; } Uses;

static int uses(const Handle *h, u64 since, Use *out, u32 room, u32 *there) {
    u64 now = (u64) time(NULL) * 1000000ULL;
    *there = 0;
    if (is("no-process-samples")) return NOT_FOUND;
    for (int at = 0; at < process_count; at++) {
        Process *p = &processes[at];
        if (p->card != h->card) continue;
        Use made = {p->pid, now - (u64) (at % 3) * 1000, (u32) (p->pid % 40 + 3), 10, 0, 0};
        if (is("process-samples")) {
            if (at % 4 == 0) made.sm = 4294967295U;
            if (at % 4 == 1 && since) made.time = since - 5000000;
            if (at % 4 == 2) made.pid = 999999;
        }
        if (*there < room) out[*there] = made;
        (*there)++;
    }
    return *there ? OK : NOT_FOUND;
}
NVML(nvmlDeviceGetProcessUtilization, Handle *device, Use *out, u32 *length, u64 since) {
    ENTER(device);
    u32 there = 0, room = out ? *length : 0;
    int result = uses(h, since, out, room, &there);
    if (result) return result;
    put(length, there);
    if (there > room) return SMALL;
    canary(out + there);
    return OK;
}
#if !defined(FAKE_NO_V3) && !defined(FAKE_ONLY_V1)
NVML(nvmlDeviceGetProcessesUtilizationInfo, Handle *device, Uses *info) {
    static Use made[MAX_PROCESSES * MAX_CARDS];
    if (info->version != (sizeof *info | 1U << 24)) return WRONG_VERSION;
    ENTER(device);
    u32 there = 0, room = info->out ? info->count : 0;
    int result = uses(h, info->since, made, MAX_PROCESSES * MAX_CARDS, &there);
    info->count = there;
    canary(info + 1);
    if (result) return result;
    if (there > room) return SMALL;
    for (u32 at = 0; at < there; at++) info->out[at] = (Use2) {made[at].time, made[at].pid, made[at].sm, made[at].memory, 0, 0, 0, 0};
    canary(info->out + there);
    return OK;
}
#endif
