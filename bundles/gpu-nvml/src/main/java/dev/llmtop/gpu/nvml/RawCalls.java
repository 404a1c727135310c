// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.agent.GpuDiagnostics.Call;
import dev.llmtop.gpu.nvml.Result.Attempt;
import dev.llmtop.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What was answered, for a person: turned into text only when one asks.
 *
 * @param library the library's file; empty where none was loaded
 * @param problem why not
 * @param system what concerns no device
 */
record RawCalls(String library, String problem, List<Result<?>> system, List<RawDevice> devices) {
    private static final int WIDEST = 300;

    /** Nothing was asked. */
    static RawCalls none() {
        return new RawCalls("", "nothing was asked yet", List.of(), List.of());
    }

    /** Call by call. */
    List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        calls.add(new Call("", "dlopen", OptionalInt.empty(), library.isEmpty() ? problem : "loaded", library));
        system.forEach(result -> add(calls, "", result));
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
        if (value instanceof Handle) {
            return "";
        }
        Object plain = value;
        if (value instanceof FieldShape.Field field) {
            plain = field.number();
        } else if (value instanceof Shape.Pair pair) {
            plain = pair.first() + " " + pair.second();
        }
        String text = Text.clean(plain.toString());
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST) + "...";
    }
}
