// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Explanation;
import dev.llmtop.agent.Explanation.Considered;
import dev.llmtop.agent.Explanation.LeftAlone;
import dev.llmtop.agent.Explanation.Requests;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Snapshot.Problem;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ExplainTest {
    @Test
    void aCandidateIsSaidWithItsEvidenceItsRequestsAndWhatItNeverGets() {
        Explanation explanation = new Explanation(
                List.of(new Considered(
                        "127.0.0.1:8000",
                        List.of("172.17.0.2:8000"),
                        OptionalLong.of(60),
                        "Toy",
                        List.of(Evidence.supporting("process", "pid 60 runs toy")),
                        List.of(new Requests("its command line names Toy", List.of("/a", "/b"))),
                        List.of(new Requests("would load a model", List.of("/c"))),
                        "would get the key of X after a 401")),
                List.of(new LeftAlone("postgres is no engine", List.of("127.0.0.1:5432"))),
                List.of(new Problem("processes", "2 could not be read")));

        assertThat(ExplainReport.lines(explanation, new Page(200, true)))
                .containsExactly(
                        "1 candidate; nothing was sent. Only GET is ever sent, and no path that is not named here or"
                                + " declared by the adapter of an identified engine.",
                        "",
                        "127.0.0.1:8000  Toy  pid 60  also at 172.17.0.2:8000",
                        "  process (for): pid 60 runs toy",
                        "  asks, its command line names Toy:",
                        "    /a  /b",
                        "  never, would load a model:",
                        "    /c",
                        "  would get the key of X after a 401",
                        "",
                        "left alone, never asked, never sent a key:",
                        "  1 address: postgres is no engine",
                        "    127.0.0.1:5432",
                        "",
                        "processes: 2 could not be read");
    }

    @Test
    void nothingWiderThanThePageAndNothingThatActsOnATerminalComesOut() {
        String evil = "\u001b]0;x\u0007 \u202e".repeat(400);
        Explanation explanation = new Explanation(
                List.of(new Considered(
                        "unix:/tmp/" + evil,
                        List.of(),
                        OptionalLong.empty(),
                        evil,
                        List.of(Evidence.unreadable("owner", evil)),
                        List.of(),
                        List.of())),
                List.of(new LeftAlone(evil, Collections.nCopies(100, "127.0.0.1:1"))),
                List.of());

        List<String> lines = ExplainReport.lines(explanation, new Page(80, true));

        assertThat(lines).allSatisfy(line -> assertThat(line).matches("[ -~]{0,80}"));
        assertThat(lines).contains("  asks nothing: nothing listens there yet");
        assertThat(String.join(" ", lines)).contains("and 92 more");
    }
}
