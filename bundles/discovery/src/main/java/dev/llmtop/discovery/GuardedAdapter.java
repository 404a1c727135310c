// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.Redaction;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Text;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.EngineAdapter;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Reading;
import org.jspecify.annotations.Nullable;

/** An adapter behind its guard: what it throws, returns wrongly or never returns stays here. */
final class GuardedAdapter implements Adapters.Guarded, AutoCloseable {
    private final AdapterDescriptor descriptor;
    private final CallLimits limits;
    private final FaultCount faults;
    private final Runnable switchedOff;
    private final AdapterThreads threads;

    /** Gone with its service: whoever still holds this guard holds nothing of the bundle. */
    private volatile @Nullable EngineAdapter adapter;

    GuardedAdapter(AdapterDescriptor descriptor, EngineAdapter adapter, CallLimits limits, Runnable switchedOff) {
        this.descriptor = descriptor;
        this.adapter = adapter;
        this.limits = limits;
        this.switchedOff = switchedOff;
        faults = new FaultCount(limits);
        threads = new AdapterThreads(descriptor.kind());
    }

    @Override
    public AdapterDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public Value<Match> detect(Candidate candidate, Probe probe) {
        return call("detect", probe, (called, bounded) -> called.detect(candidate, bounded));
    }

    @Override
    public Value<Description> describe(Engine engine, Probe probe) {
        return call("describe", probe, (called, bounded) -> called.describe(engine, bounded));
    }

    @Override
    public Value<Reading> metrics(Engine engine, Probe probe) {
        return call("metrics", probe, (called, bounded) -> called.metrics(engine, bounded));
    }

    FaultCount faults() {
        return faults;
    }

    @Override
    public void close() {
        adapter = null;
        threads.close();
    }

    private <T> Value<T> call(String name, Probe probe, Call<T> call) {
        EngineAdapter called = adapter;
        if (called == null) {
            return Value.unavailable(Reason.UNREACHABLE, "its adapter has gone");
        }
        if (faults.off()) {
            return Value.unavailable(
                    Reason.DISABLED, "the adapter " + descriptor.kind() + " is switched off after faults");
        }
        CallClock clock = new CallClock(limits);
        BoundedProbe bounded = new BoundedProbe(probe, clock);
        AdapterThreads.Result<Value<T>> result = threads.run(() -> safely(name, call, called, bounded), clock);
        return switch (result.end()) {
            case DONE -> judged(result.result().get());
            case HUNG -> hung(name);
            case INTERRUPTED -> Value.unavailable(Reason.TIMED_OUT, "the agent is stopping");
            case REFUSED ->
                Value.unavailable(
                        Reason.UNREACHABLE,
                        adapter == null ? "its adapter has gone" : "too many calls into its adapter at once");
        };
    }

    /**
     * On the adapter's thread. Every throwable is a fault of the adapter, errors of linking, of the stack and of memory too: what
     * it throws tells nothing of the health of the rest.
     */
    private static <T> Value<T> safely(String name, Call<T> call, EngineAdapter adapter, BoundedProbe probe) {
        try {
            T value = call.on(adapter, probe);
            return value == null ? Value.unavailable(Reason.MALFORMED, name + " returned nothing") : Value.of(value);
        } catch (Throwable fault) { // NOPMD: the barrier
            return Value.unavailable(Reason.MALFORMED, name + " threw " + lineOf(fault));
        }
    }

    private static String lineOf(Throwable fault) {
        String type = fault.getClass().getSimpleName();
        try {
            String message = fault.getMessage();
            return message == null ? type : Text.clean(type + ": " + Redaction.text(message));
        } catch (Throwable hostile) { // NOPMD: a message may be anything
            return type;
        }
    }

    private <T> Value<T> judged(Value<T> value) {
        if (value instanceof Value.Unavailable<T> fault) {
            if (adapter != null && faults.fault(fault.detail())) {
                switchedOff.run();
            }
            return Value.unavailable(fault.reason(), "the adapter " + descriptor.kind() + " failed: " + fault.detail());
        }
        faults.good();
        return value;
    }

    private <T> Value<T> hung(String name) {
        if (faults.hang(name + " did not return in time")) {
            switchedOff.run();
        }
        return Value.unavailable(
                Reason.TIMED_OUT, "the adapter " + descriptor.kind() + " did not return from " + name + " in time");
    }

    /** One call into an adapter; may return anything, null too. */
    private interface Call<T> {
        @Nullable
        T on(EngineAdapter adapter, Probe probe);
    }
}
