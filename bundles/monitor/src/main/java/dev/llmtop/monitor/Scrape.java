// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.Adapters.Guarded;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.monitor.EngineMemory.Described;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One scrape of one engine. Figures come first; the description, when it is due, after them, but before them at first sight, since
 * an adapter may need it to know what to ask for.
 */
final class Scrape implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Scrape.class);

    private final EngineMemory memory;
    private final long ticket;
    private final Found found;
    private final Guarded adapter;
    private final Probe probe;
    private final long generation;

    Scrape(EngineMemory memory, long ticket, Found found, Guarded adapter, Probe probe, long generation) {
        this.memory = memory;
        this.ticket = ticket;
        this.found = found;
        this.adapter = adapter;
        this.probe = probe;
        this.generation = generation;
    }

    @Override
    public void run() {
        try {
            if (memory.description(found.kind()).isEmpty()) {
                describeWhenDue();
                read();
            } else {
                read();
                describeWhenDue();
            }
        } catch (RuntimeException | LinkageError thrown) {
            // Adapters are behind a guard, so this is a fault of ours; the engine still says what happened.
            LOG.warn("scraping {} failed", found.id(), thrown);
            memory.read(ticket, Value.unavailable(Reason.MALFORMED, Barrier.describe(thrown)), Stamp.now());
        } finally {
            memory.end();
        }
    }

    private void describeWhenDue() {
        Described now = new Described(found.kind(), generation, found.state(), System.nanoTime());
        if (memory.isDescriptionDue(now)) {
            Value<Description> description = adapter.describe(engine(), probe);
            memory.described(ticket, now, description);
        }
    }

    private void read() {
        Value<Reading> reading = adapter.metrics(engine(), probe);
        memory.read(ticket, reading, Stamp.now());
    }

    private Engine engine() {
        Optional<Description> description = memory.description(found.kind());
        return new Engine(found.id(), found.candidate(), found.match(), description);
    }
}
