// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.agent.ProcessTable.Listener;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import dev.llmtop.agent.ProcessTable.Use;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.spi.Stamp;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pass over all processes of {@code /proc}. At most passes one small file a process is read: its command line and its network
 * namespace are kept until it may have become another program.
 */
final class LinuxProcesses {
    /** A process this young may not have run exec or set its title yet. */
    private static final long YOUNG_SECONDS = 10;

    /** Of the others, one in so many is looked at anew in each pass: a title can change at any time. */
    private static final long ROUNDS = 32;

    private static final String SOURCE = "host";
    private static final String HOST_PIDS = "pid:[4026531836]";

    private final String proc;
    private final ProcFile file = new ProcFile();
    private final SocketTable sockets = new SocketTable();
    private final KernelUnits units;
    private final String net;
    private final Map<Long, KnownProcess> known = new HashMap<>();
    private long pass;

    LinuxProcesses(Path proc) {
        this.proc = proc.toString();
        this.units = KernelUnits.read(this.proc, file);
        // Usually one is a link to the other; a /proc mounted with subset=pid has only the first.
        this.net = this.proc + (new File(this.proc, "self/net").exists() ? "/self/net" : "/net");
    }

    KernelUnits units() {
        return units;
    }

    /** Reads all processes and the listeners of our own network namespace. */
    synchronized ProcessScan scan() {
        pass++;
        String[] names = new File(proc).list();
        Sight sight = new Sight(ticksAfterBoot() - YOUNG_SECONDS * units.ticksPerSecond());
        for (String name : names == null ? new String[0] : names) {
            long pid = pid(name);
            if (pid >= 0) {
                look(pid, name, sight);
            }
        }
        known.values().removeIf(process -> process.pass != pass);
        List<Listener> listeners = sockets.listenersQuickly(net);
        return new ProcessScan(
                sight.entries,
                listeners,
                sight.unreadable + sight.hidden,
                Math.max(1, sight.networks.size()),
                problems(names != null, sight),
                Stamp.now());
    }

    /** What one pass has seen so far. */
    private static final class Sight {
        final Map<Long, ProcessEntry> entries = new HashMap<>();
        final Set<Object> networks = new HashSet<>();
        final long youngSince;
        int unreadable;
        int hidden;

        Sight(long youngSince) {
            this.youngSince = youngSince;
        }
    }

    private void look(long pid, String name, Sight sight) {
        int length = file.readRecord(proc + "/" + name + "/stat");
        if (length == ProcFile.UNREADABLE) {
            // Tell a process that ended meanwhile from one that is hidden: by trying, since messages are translated.
            sight.hidden += new File(proc, name).exists() ? 1 : 0;
            return;
        }
        KnownProcess before = known.get(pid);
        ProcessStat stat = ProcessStat.read(file.bytes(), length, before == null ? "" : before.comm);
        if (stat == null) {
            return;
        }
        KnownProcess now = keep(pid, name, stat, before, sight.youngSince);
        now.pass = pass;
        sight.unreadable += now.readable ? 0 : 1;
        if (now.networkKey != null) {
            sight.networks.add(now.networkKey);
        }
        sight.entries.put(pid, entry(pid, stat, now));
    }

    private KnownProcess keep(long pid, String name, ProcessStat stat, @Nullable KnownProcess before, long youngSince) {
        if (before != null
                && before.startTicks == stat.startTicks()
                && before.comm.equals(stat.comm())
                && stat.startTicks() < youngSince
                && pid % ROUNDS != pass % ROUNDS) {
            return before;
        }
        int length = file.read(proc + "/" + name + "/cmdline", ArgumentVector.MOST_BYTES);
        List<String> argv = length <= 0 ? List.of() : ArgumentVector.read(file.bytes(), length);
        Object network = argv.isEmpty() ? null : networkKey(name);
        KnownProcess now = new KnownProcess(stat, argv, length != ProcFile.UNREADABLE, network);
        known.put(pid, now);
        return now;
    }

    /**
     * Processes share a network namespace where their {@code net/tcp} is one file; unlike {@code ns/net} anyone may look at it.
     * Null where there is none.
     */
    private @Nullable Object networkKey(String name) {
        try {
            return Files.readAttributes(Path.of(proc, name, "net", "tcp"), BasicFileAttributes.class)
                    .fileKey();
        } catch (IOException | InvalidPathException goneOrRefused) {
            return null;
        }
    }

    private ProcessEntry entry(long pid, ProcessStat stat, KnownProcess process) {
        double cpuSeconds = stat.cpuTicks() / (double) units.ticksPerSecond();
        Use use = new Use(cpuSeconds, stat.residentPages() * units.pageBytes());
        return new ProcessEntry(pid, stat.parent(), stat.startTicks(), process.comm, process.argv, use);
    }

    private long ticksAfterBoot() {
        int length = file.readRecord(proc + "/uptime");
        if (length <= 0) {
            return 0;
        }
        return Bytes.of(file.bytes(), length).number(0) * units.ticksPerSecond();
    }

    /** The pid namespace of the machine has a fixed number (PROC_PID_INIT_INO of the kernel); NSpid cannot tell it from inside. */
    boolean insideContainer() {
        try {
            String own =
                    Files.readSymbolicLink(Path.of(proc, "self", "ns", "pid")).toString();
            return own.startsWith("pid:[") && !own.equals(HOST_PIDS);
        } catch (IOException | InvalidPathException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    private List<Problem> problems(boolean listed, Sight sight) {
        List<Problem> problems = new ArrayList<>();
        if (!listed) {
            problems.add(new Problem(SOURCE, "/proc cannot be read: no processes, no owners of listeners"));
        } else if (sight.hidden > 0 || !sight.entries.isEmpty() && !sight.entries.containsKey(1L)) {
            // Every pid namespace has a first process: where it is missing, those of other users are left out of the
            // list.
            problems.add(new Problem(
                    SOURCE,
                    "/proc hides the processes of other users (mount option hidepid): their servers' owners and command lines"
                            + " are not known"));
        }
        if (listed && insideContainer()) {
            problems.add(new Problem(
                    SOURCE,
                    "llmtop runs in a pid namespace of its own, as in a container: processes outside are not seen, and pids that"
                            + " the GPU driver reports match none; start the container with --pid=host and --network=host,"
                            + " or run llmtop on the host"));
        }
        if (listed && !new File(net, "tcp").exists() && !new File(net, "tcp6").exists()) {
            problems.add(new Problem(SOURCE, "net/tcp of /proc cannot be read: no listeners"));
        }
        return problems;
    }

    /** The pid that a folder of /proc is named after; -1 for all else. */
    private static long pid(String name) {
        long pid = 0;
        if (name.isEmpty() || name.length() > 10) {
            return -1;
        }
        for (int at = 0; at < name.length(); at++) {
            int digit = name.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            pid = pid * 10 + digit;
        }
        return pid;
    }
}
