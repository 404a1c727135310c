// SPDX-License-Identifier: MIT
package dev.llmtop.testkit.conformance;

import dev.llmtop.testkit.CannedAnswer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** In what an engine, named by its process, may be found when it has no figures. */
enum Situation {
    NOT_LISTENING(null),
    NOTHING_THERE(CannedAnswer.of(404, "application/json", "{\"detail\":\"Not Found\"}")),
    CLOSED(CannedAnswer.of(401, "application/json", "{\"error\":\"Unauthorized\"}")),
    LOADING(CannedAnswer.of(503, "application/json", "{}")),
    BROKEN(CannedAnswer.of(500, "text/plain", "Internal Server Error")),
    ANOTHER_PAGE(CannedAnswer.of(200, "text/plain", "another_series_total 1\n"));

    private final Optional<CannedAnswer> answer;

    Situation(@Nullable CannedAnswer answer) {
        this.answer = Optional.ofNullable(answer);
    }

    /** What every path answers; empty where nothing listens. */
    Optional<CannedAnswer> answer() {
        return answer;
    }
}
