// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.llmtop.model.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What came of a {@link Get}: an answer of any status, or none with its reason. There is nothing to catch. */
public sealed interface Answer {
    /** When. */
    Stamp stamp();

    /**
     * A server answered.
     *
     * @param status 100..599
     * @param headers by lower-case name
     * @param body as text, at most 1 MiB; raw, clean what you show
     * @param json the body, parsed with limits on depth, strings and numbers; a missing node where it is no JSON
     * @param cut whether the body was cut at its cap or broke off
     */
    record Received(int status, Map<String, List<String>> headers, String body, JsonNode json, boolean cut, Stamp stamp)
            implements Answer {
        public Received {
            headers = Map.copyOf(headers);
        }

        /** Whether the status is 200. */
        public boolean ok() {
            return status == 200;
        }

        /** The first value of a header. */
        public Optional<String> header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                    .findFirst();
        }
    }

    /** No answer, or none that may be had. */
    record Failed(Reason reason, String detail, Stamp stamp) implements Answer {}

    /** The answer, when there is one of any status. */
    default Optional<Received> received() {
        return this instanceof Received received ? Optional.of(received) : Optional.empty();
    }

    /** The JSON of an answer of any status; a missing node where there is none. */
    default JsonNode json() {
        return MissingNode.getInstance();
    }

    /** The JSON of a 200; a missing node otherwise. */
    default JsonNode okJson() {
        return status() == 200 ? json() : MissingNode.getInstance();
    }

    /** The status; 0 where there was no answer. */
    default int status() {
        return 0;
    }

    /**
     * Why this answer holds no figures: the reason of a failure; for a status: 401, 403 needs-key, 503 loading, 404, 405, 501
     * not-exported, 200 malformed, any other unreachable.
     */
    default Reason reason() {
        return reasonOf(status());
    }

    /** One line for a person on why this answer holds no figures. */
    default String detail() {
        return this instanceof Received received && received.ok() && received.cut()
                ? "its answer broke off"
                : detailOf(status());
    }

    /** One line for a person on a status, with what helps where something does. */
    static String detailOf(int status) {
        return switch (status) {
            case 200 -> "answered 200 with something else than expected";
            case 401, 403 -> "answered " + status + ": it wants a key, of LLMTOP_API_KEY or keys.properties";
            default -> "answered " + status;
        };
    }

    /** The usual reason behind a status, as {@link #reason()}. */
    static Reason reasonOf(int status) {
        return switch (status) {
            case 200 -> Reason.MALFORMED;
            case 401, 403 -> Reason.NEEDS_KEY;
            case 404, 405, 501 -> Reason.NOT_EXPORTED;
            case 503 -> Reason.LOADING;
            default -> Reason.UNREACHABLE;
        };
    }
}
