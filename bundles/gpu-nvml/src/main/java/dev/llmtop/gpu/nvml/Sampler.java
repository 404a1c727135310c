// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.agent.GpuDiagnostics.Call;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.spi.GpuSource.GpuSample;
import dev.llmtop.spi.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one sample after the other. Used by one thread. */
final class Sampler {
    static final String SOURCE = "nvml";

    private final Driver driver;
    private final DisplayCards cards;
    private final SystemFiles files;
    private final Interpreter interpreter = new Interpreter();

    Sampler(Driver driver, DisplayCards cards, SystemFiles files) {
        this.driver = driver;
        this.cards = cards;
        this.files = files;
    }

    /**
     * A sample with the calls it came from.
     *
     * @param raw for a person who doubts
     */
    record Made(GpuSample sample, List<Call> raw) {
        Made {
            raw = List.copyOf(raw);
        }
    }

    Made next() {
        List<DisplayCard> now = cards.read();
        List<Gpu> gpus = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        List<RawDevice> raw = List.of();
        boolean allSleep = !now.isEmpty() && now.stream().allMatch(DisplayCard::asleep);
        Optional<Session> session = allSleep ? driver.started() : driver.session();
        if (session.isPresent()) {
            raw = read(session.get(), now, gpus, problems);
        } else if (!allSleep) {
            problems.add(new Problem(SOURCE, driver.problem()));
        }
        sleeping(now, gpus);
        List<Call> calls = RawCalls.of(driver, session, raw);
        return new Made(new GpuSample(gpus, problems, Stamp.now()), calls);
    }

    /** What makes its caller wait, after a sample is handed over. */
    void between() {
        driver.started().ifPresent(Session::readSlow);
    }

    void close() {
        driver.close("stopped");
    }

    private List<RawDevice> read(Session session, List<DisplayCard> now, List<Gpu> gpus, List<Problem> problems) {
        List<RawDevice> raw = session.read(now);
        if (session.isBroken()) {
            String why = session.system().stream()
                    .filter(result -> result.value().isEmpty())
                    .findFirst()
                    .flatMap(result -> result.unavailable().missing())
                    .map(missing -> missing.detail())
                    .orElse("it ceased to answer");
            driver.close(why);
            problems.add(new Problem(SOURCE, why));
            return raw;
        }
        Interpreter.Facts facts = new Interpreter.Facts(driver.version(), files.memoryTotal());
        for (RawDevice device : raw) {
            gpus.add(interpreter.gpu(device, facts));
            new Tenancies(device, driver.version())
                    .gap()
                    .ifPresent(why -> problems.add(
                            new Problem(SOURCE, "processes on GPU " + device.index() + " are not told: " + why)));
        }
        return raw;
    }

    private void sleeping(List<DisplayCard> now, List<Gpu> gpus) {
        for (int index = 0; index < now.size(); index++) {
            if (now.get(index).asleep()) {
                gpus.add(interpreter.asleep(index, now.get(index), driver.version()));
            }
        }
    }
}
