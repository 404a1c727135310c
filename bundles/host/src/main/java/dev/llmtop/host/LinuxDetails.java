// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.agent.ProcessTable.ProcessDetail;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.model.ProcessInfo.ContainerInfo;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What is known of one process beyond its stat file and its command line. Not safe for several threads. */
final class LinuxDetails {
    /** A process this young may still be moved into its container's control group, or run exec. */
    private static final double YOUNG_SECONDS = 10;

    private static final int MOST_BYTES = 262_144;
    private static final String NO_NAME =
            "no file that may be read has the container's name, and its runtime was not asked for it";

    private final String proc;
    private final KernelUnits units;
    private final Users users;
    private final ProcFile file = new ProcFile();
    private final Map<Long, Kept> kept = new HashMap<>();
    private final Instant created = Instant.now();
    private long bootSeconds = -1;

    LinuxDetails(Path proc, KernelUnits units, Users users) {
        this.proc = proc.toString();
        this.units = units;
        this.users = users;
    }

    private record Kept(long startTicks, ProcessDetail detail) {}

    /** The details; kept while the process lives. {@code processes} are all that there are, for its ancestors. */
    ProcessDetail detail(ProcessEntry process, Map<Long, ProcessEntry> processes) {
        kept.entrySet().removeIf(old -> !isAlive(old.getKey(), old.getValue(), processes));
        Kept known = kept.get(process.pid());
        if (known != null && known.startTicks() == process.startTicks()) {
            return known.detail();
        }
        ProcessDetail detail = read(process, processes);
        if (uptimeSeconds() - process.startTicks() / (double) units.ticksPerSecond() > YOUNG_SECONDS) {
            kept.put(process.pid(), new Kept(process.startTicks(), detail));
        }
        return detail;
    }

    /** From {@code status}: real, effective, saved, filesystem. */
    OptionalInt effectiveUid(long pid) {
        Bytes status = lines(proc + "/" + pid + "/status");
        for (Bytes line = status.line(); line != null; line = status.line()) {
            if (line.skip("Uid:")) {
                long uid = line.skipFields(2).number(-1);
                return uid < 0 || uid > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) uid);
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isAlive(long pid, Kept known, Map<Long, ProcessEntry> processes) {
        ProcessEntry now = processes.get(pid);
        return now != null && now.startTicks() == known.startTicks();
    }

    private ProcessDetail read(ProcessEntry process, Map<Long, ProcessEntry> processes) {
        String folder = proc + "/" + process.pid();
        long uid = -1;
        OptionalLong namespacePid = OptionalLong.empty();
        Bytes status = lines(folder + "/status");
        for (Bytes line = status.line(); line != null; line = status.line()) {
            if (line.skip("Uid:")) {
                uid = line.skipFields(1).number(-1);
            } else if (line.skip("NSpid:")) {
                namespacePid = innermost(line);
            }
        }
        Instant started =
                Instant.ofEpochMilli(bootSeconds() * 1000 + process.startTicks() * 1000 / units.ticksPerSecond());
        return new ProcessDetail(
                users.name(uid, Path.of(folder)),
                started,
                container(folder, process, processes),
                environment(folder),
                namespacePid);
    }

    /** One number a level of pid namespaces, outermost first; a single one means that there is no level below ours. */
    private static OptionalLong innermost(Bytes line) {
        OptionalLong last = OptionalLong.empty();
        int levels = 0;
        for (long pid = line.number(-1); pid >= 0; pid = line.number(-1)) {
            last = OptionalLong.of(pid);
            levels++;
        }
        return levels > 1 ? last : OptionalLong.empty();
    }

    private Optional<ContainerInfo> container(String folder, ProcessEntry process, Map<Long, ProcessEntry> processes) {
        Optional<ControlGroup> group = ControlGroup.read(text(folder + "/cgroup"));
        MountTable mounts = MountTable.read(text(folder + "/mountinfo"));
        return group.or(mounts::container).map(found -> {
            Value<String> name = PodmanMonitor.nameOf(found.id(), process, processes)
                    .or(mounts::kubernetesName)
                    .or(() -> ControlGroup.isId(found.id()) ? Optional.empty() : Optional.of(found.id()))
                    .map(Value::of)
                    .orElseGet(() -> Value.unavailable(Reason.NO_PERMISSION, NO_NAME));
            return new ContainerInfo(found.id(), found.runtime(), name);
        });
    }

    private Value<Map<String, String>> environment(String folder) {
        int length = file.read(folder + "/environ", MOST_BYTES);
        if (length == ProcFile.UNREADABLE) {
            return Value.unavailable(Reason.NO_PERMISSION, "this user may not read the environment of this process");
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (String variable : new String(file.bytes(), 0, length, StandardCharsets.UTF_8).split("\0")) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                variables.putIfAbsent(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        return Value.of(Map.copyOf(variables));
    }

    private Bytes lines(String path) {
        int length = Math.max(0, file.read(path, MOST_BYTES));
        return Bytes.of(file.bytes(), length);
    }

    private String text(String path) {
        int length = Math.max(0, file.read(path, MOST_BYTES));
        return new String(file.bytes(), 0, length, StandardCharsets.UTF_8);
    }

    private double uptimeSeconds() {
        int length = Math.max(0, file.readRecord(proc + "/uptime"));
        return Bytes.of(file.bytes(), length).number(0);
    }

    /** When the machine started, in seconds of the wall clock; read once, so that a set clock moves no process's start. */
    private long bootSeconds() {
        if (bootSeconds < 0) {
            Bytes lines = lines(proc + "/stat");
            bootSeconds = 0;
            for (Bytes line = lines.line(); line != null; line = lines.line()) {
                if (line.skip("btime")) {
                    bootSeconds = line.number(0);
                }
            }
        }
        if (bootSeconds == 0) {
            bootSeconds = bootSecondsByOwnStart();
        }
        return bootSeconds;
    }

    /** A /proc that shows nothing but processes does not tell it, but we were made soon after our own start. */
    private long bootSecondsByOwnStart() {
        int length = Math.max(0, file.readRecord(proc + "/self/stat"));
        ProcessStat own = ProcessStat.read(file.bytes(), length, "");
        return own == null ? 0 : created.getEpochSecond() - own.startTicks() / units.ticksPerSecond();
    }
}
