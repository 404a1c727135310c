// SPDX-License-Identifier: MIT
package dev.llmtop.report.read;

import dev.llmtop.model.Reason;
import dev.llmtop.model.Text;
import dev.llmtop.model.Value;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The {@code unavailable} object of an object: given out by path, each entry once. */
final class JsonGaps {
    private final Map<String, Value.Unavailable<?>> byPath = new TreeMap<>();

    private JsonGaps() {}

    static JsonGaps of(JsonFields object) throws UnreadableException {
        JsonGaps gaps = new JsonGaps();
        JsonFields entries = object.object("unavailable");
        for (String path : entries.names()) {
            JsonFields entry = entries.object(path);
            gaps.byPath.put(Text.clean(path), gap(entry.text("reason"), entry.text("detail")));
        }
        return gaps;
    }

    /** A reason of a later version is one that cannot be read, and its own word stands in the detail. */
    private static Value.Unavailable<?> gap(String code, String detail) {
        Optional<Reason> reason = Arrays.stream(Reason.values())
                .filter(known -> known.code().equals(code))
                .findFirst();
        return reason.isPresent()
                ? new Value.Unavailable<>(reason.get(), detail)
                : new Value.Unavailable<>(Reason.MALFORMED, "reason '" + code + "' is not known: " + detail);
    }

    /** Takes the entry of exactly this path. */
    Optional<Value.Unavailable<?>> take(String path) {
        return Optional.ofNullable(byPath.remove(path));
    }

    /** Forgets the entry of a path: whoever writes the snapshot makes it anew. */
    void forget(String path) {
        byPath.remove(path);
    }

    void put(String path, Reason reason, String detail) {
        byPath.put(path, new Value.Unavailable<>(reason, detail));
    }

    /** A known value, else why there is none: by its own entry, else by one that covers it. */
    <T> Value<T> value(String path, Optional<T> known) {
        if (known.isPresent()) {
            return Value.of(known.get());
        }
        Optional<Value.Unavailable<?>> own = take(path);
        if (own.isPresent()) {
            return own.get().as();
        }
        for (int point = path.lastIndexOf('.'); point > 0; point = path.lastIndexOf('.', point - 1)) {
            Value.Unavailable<?> covering = byPath.get(path.substring(0, point));
            if (covering != null) {
                return covering.as();
            }
        }
        return Value.unavailable(Reason.MALFORMED, "the recording does not say");
    }

    /** What nobody took. */
    Map<String, Value.Unavailable<?>> rest() {
        return byPath;
    }
}
