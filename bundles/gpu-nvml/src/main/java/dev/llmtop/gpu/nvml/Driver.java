// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.Result.Attempt;
import dev.llmtop.model.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds NVML, starts it once, and holds it until the end; where that fails says why and tries again seldom, since a driver may come
 * later. Used by one thread but for {@link #pending}.
 */
final class Driver {
    private final LibraryPlaces places;
    private final String configured;
    private final LibraryLoader loader;
    private final Duration retry;
    private volatile @Nullable Caller caller;
    private @Nullable Session session;
    private String version = "";
    private String path = "";
    private String problem = "";
    private Result<String> started = Result.none();
    private long triedAt;
    private boolean tried;

    /**
     * @param configured the file to take instead of searching; empty to search
     * @param retry how long to wait after a failure
     */
    Driver(LibraryPlaces places, String configured, LibraryLoader loader, Duration retry) {
        this.places = places;
        this.configured = configured;
        this.loader = loader;
        this.retry = retry;
    }

    /** NVML, started; empty where that does not work now. */
    Optional<Session> session() {
        Session open = session;
        if (open == null && (!tried || System.nanoTime() - triedAt >= retry.toNanos())) {
            tried = true;
            triedAt = System.nanoTime();
            open = open();
            session = open;
        }
        return Optional.ofNullable(open);
    }

    /** NVML where it is started already. */
    Optional<Session> started() {
        return Optional.ofNullable(session);
    }

    /** Why it is not started, one line; empty where it is. */
    String problem() {
        return problem;
    }

    /** Its version; empty where it is not known. */
    String version() {
        return version;
    }

    /** The library's file; empty where none was loaded. */
    String path() {
        return path;
    }

    /** How the start ended. */
    Result<String> start() {
        return started;
    }

    /** The call under way. For any thread. */
    Optional<Caller.Pending> pending() {
        Caller current = caller;
        return current == null ? Optional.empty() : current.pending();
    }

    /** Ends NVML; it is started anew after a while. */
    void close(String why) {
        Session open = session;
        session = null;
        problem = why;
        triedAt = System.nanoTime();
        if (open != null) {
            open.shutdown();
        }
    }

    private @Nullable Session open() {
        List<String> files = configured.isEmpty() ? places.find() : List.of(configured);
        if (files.isEmpty()) {
            problem = "libnvidia-ml.so.1 not found";
            return null;
        }
        String failure = "";
        for (String file : files) {
            try {
                NvmlLibrary library = loader.load(file);
                path = library.path();
                return start(library);
            } catch (LinkageError unusable) {
                failure = failure.isEmpty() ? firstLine(file, unusable) : failure;
            }
        }
        problem = failure;
        return null;
    }

    private @Nullable Session start(NvmlLibrary library) {
        Caller calls = new Caller(library);
        caller = calls;
        started = Session.start(calls);
        if (started.value().isEmpty()) {
            problem = started.decisive().map(Driver::why).orElse("no way to start it");
            return null;
        }
        problem = "";
        Session open = new Session(calls);
        version = Text.clean(open.driverVersion().value().orElse(""));
        return open;
    }

    private static String why(Attempt attempt) {
        String said = attempt.symbol() + ": " + attempt.outcome();
        if (attempt.code() == ReturnCode.DRIVER_NOT_LOADED.number()) {
            return said + "; NVIDIA's kernel module is not loaded";
        }
        if (attempt.code() == ReturnCode.LIB_RM_VERSION_MISMATCH.number()) {
            return said + "; the driver was updated: reboot, or reload its kernel modules";
        }
        if (attempt.code() == ReturnCode.NO_PERMISSION.number()) {
            return said + "; this user may not open /dev/nvidiactl";
        }
        return said;
    }

    /** JNA's message has several lines: the first one says it. */
    private static String firstLine(String file, LinkageError unusable) {
        String message =
                String.valueOf(unusable.getMessage()).lines().findFirst().orElse("unknown");
        return Text.clean(file + " cannot be loaded: " + message);
    }
}
