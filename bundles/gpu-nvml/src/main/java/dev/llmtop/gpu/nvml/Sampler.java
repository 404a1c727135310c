// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.model.Gpu;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.model.Value;
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
    private final PciNames names;
    private final TegraBoard tegra;
    private final boolean isTegra;

    Sampler(Driver driver, DisplayCards cards, SystemFiles files) {
        this.driver = driver;
        this.cards = cards;
        this.files = files;
        names = new PciNames(files);
        tegra = new TegraBoard(files);
        isTegra = tegra.isThere();
    }

    /**
     * A sample with the calls it came from.
     *
     * @param raw for a person who doubts
     */
    record Made(GpuSample sample, RawCalls raw) {}

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
            if (isTegra) {
                tegra.alone(driver.problem()).ifPresent(gpus::add);
            }
        }
        sleeping(now, gpus);
        List<Result<?>> system = new ArrayList<>(List.of(driver.start()));
        session.ifPresent(open -> system.addAll(open.system()));
        return new Made(
                new GpuSample(gpus, problems, Stamp.now()), new RawCalls(driver.path(), driver.problem(), system, raw));
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
        Optional<String> broken = session.broken();
        if (broken.isPresent()) {
            driver.close(broken.get());
            problems.add(new Problem(SOURCE, broken.get()));
            return raw;
        }
        Interpreter.Facts facts = new Interpreter.Facts(driver.version(), files.memoryTotal());
        for (RawDevice device : raw) {
            if (device.handle().value().isEmpty() && device.index() < now.size()) {
                // Both lists are in the order of their addresses.
                DisplayCard card = now.get(device.index());
                interpreter.introduce(device.index(), card, names.of(card.device()));
            }
            Gpu gpu = interpreter.gpu(device, facts);
            gpus.add(isTegra ? tegra.amend(gpu) : gpu);
            if (device.handle().returned(ReturnCode.NO_PERMISSION)) {
                problems.add(new Problem(SOURCE, "GPU " + device.index() + ": " + detail(device.handle())));
            }
            new Tenancies(device, driver.version())
                    .gap()
                    .ifPresent(why -> problems.add(
                            new Problem(SOURCE, "processes on GPU " + device.index() + " are not told: " + why)));
        }
        if (now.stream().noneMatch(DisplayCard::asleep)) {
            session.noDevice().ifPresent(why -> problems.add(new Problem(SOURCE, why)));
        }
        return raw;
    }

    private static String detail(Result<?> failed) {
        return failed.unavailable().missing().map(Value.Unavailable::detail).orElse("");
    }

    private void sleeping(List<DisplayCard> now, List<Gpu> gpus) {
        for (int index = 0; index < now.size(); index++) {
            if (now.get(index).asleep()) {
                DisplayCard card = now.get(index);
                gpus.add(interpreter.asleep(index, card, names.of(card.device()), driver.version()));
            }
        }
    }
}
