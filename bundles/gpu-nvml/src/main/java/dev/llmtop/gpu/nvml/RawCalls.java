// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.agent.GpuDiagnostics.Call;
import dev.llmtop.gpu.nvml.Result.Attempt;
import dev.llmtop.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What was answered, call by call, for a person. */
final class RawCalls {
    private static final int WIDEST = 300;

    private RawCalls() {}

    static List<Call> of(Driver driver, Optional<Session> session, List<RawDevice> devices) {
        List<Call> calls = new ArrayList<>();
        String path = driver.path();
        calls.add(new Call("", "dlopen", OptionalInt.empty(), path.isEmpty() ? driver.problem() : "loaded", path));
        add(calls, "", driver.start());
        session.ifPresent(open -> open.system().forEach(result -> add(calls, "", result)));
        for (RawDevice device : devices) {
            addDevice(calls, Integer.toString(device.index()), device);
            for (RawDevice part : device.parts()) {
                addDevice(calls, device.index() + "/" + part.index(), part);
            }
        }
        return calls;
    }

    private static void addDevice(List<Call> calls, String name, RawDevice device) {
        add(calls, name, device.handle());
        RawDevice.all(device.results().values()).forEach(result -> add(calls, name, result));
    }

    private static void add(List<Call> calls, String device, Result<?> result) {
        List<Attempt> attempts = result.attempts();
        for (int at = 0; at < attempts.size(); at++) {
            Attempt attempt = attempts.get(at);
            boolean decides = at == attempts.size() - 1;
            calls.add(new Call(
                    device,
                    attempt.symbol(),
                    attempt.missing() ? OptionalInt.empty() : OptionalInt.of(attempt.code()),
                    attempt.outcome(),
                    decides ? result.value().map(RawCalls::text).orElse("") : ""));
        }
    }

    private static String text(Object value) {
        String text = Text.clean(
                value instanceof FieldShape.Field field ? field.number().toString() : value.toString());
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST) + "...";
    }
}
