// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.llmtop.discovery.FirstContact.End;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FirstContactTest {
    private final List<String> asked = new ArrayList<>();
    private final Map<String, Answer> answers = new HashMap<>();
    private Set<String> forbidden = Set.of();
    private Answer otherwise = answer(404, "application/json", "{}");

    @Test
    void strangerIsAskedTheClosedListInItsOrder() {
        assertThat(contact(8000)).isEqualTo(End.DONE);
        assertThat(asked)
                .containsExactly(
                        "/health/liveliness",
                        "/readiness",
                        "/model_info",
                        "/info",
                        "/version",
                        "/api/version",
                        "/props",
                        "/v1/models");
    }

    @Test
    void silenceEndsItAtOnce() {
        otherwise = new Answer.Failed(Reason.TIMED_OUT, "no answer", Stamp.now());

        assertThat(contact(8000)).isEqualTo(End.SILENT);
        assertThat(asked).hasSize(1);
    }

    @Test
    void silenceAfterAnAnswerEndsItToo() {
        answers.put("/info", new Answer.Failed(Reason.UNREACHABLE, "closed", Stamp.now()));

        assertThat(contact(8000)).isEqualTo(End.SILENT);
        assertThat(asked).endsWith("/info");
    }

    @Test
    void liteLlmIsAskedNothingMore() {
        answers.put("/health/liveliness", answer(200, "application/json", "\"I'm alive!\""));

        assertThat(contact(4000)).isEqualTo(End.LITELLM);
        assertThat(asked).containsExactly("/health/liveliness");
    }

    @Test
    void twoPagesMakeAWebApplication() {
        otherwise = answer(200, "text/html; charset=utf-8", "<html>");

        assertThat(contact(3000)).isEqualTo(End.WEB_PAGES);
        assertThat(asked).hasSize(2);
    }

    @Test
    void anAnswerWithoutAnEndEndsIt() {
        otherwise = new Answer.Received(200, Map.of(), "data: x", MissingNode.getInstance(), true, Stamp.now());

        assertThat(contact(3000)).isEqualTo(End.ENDLESS);
        assertThat(asked).hasSize(1);
    }

    @Test
    void twoRefusalsCloseTheDoor() {
        otherwise = answer(401, "text/plain", "no");

        assertThat(contact(8000)).isEqualTo(End.CLOSED);
        assertThat(asked).hasSize(2);
    }

    @Test
    void aRefusalOfSomePathsDoesNot() {
        otherwise = answer(401, "text/plain", "no");
        answers.put("/readiness", answer(404, "text/plain", "no"));

        assertThat(contact(8000)).isEqualTo(End.DONE);
    }

    @Test
    void anAnswerThatSettlesEndsIt() {
        answers.put("/version", answer(200, "application/json", "{\"version\":\"1\"}"));

        assertThat(FirstContact.with(8000, path -> false, this::ask, () -> asked.contains("/version"))
                        .end())
                .isEqualTo(End.SETTLED);
        assertThat(asked).endsWith("/version");
    }

    @Test
    void behindUvicornTheTitleIsReadBeforeTheModels() {
        otherwise = uvicorn(404, "{\"detail\":\"Not Found\"}");
        answers.put("/openapi.json", uvicorn(200, "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"FastAPI\"}}"));

        assertThat(contact(8000)).isEqualTo(End.DONE);
        assertThat(asked).endsWith("/props", "/openapi.json", "/v1/models");
    }

    @Test
    void llamaCppPythonIsNeverAskedForItsModels() {
        otherwise = uvicorn(404, "{\"detail\":\"Not Found\"}");
        answers.put(
                "/openapi.json",
                uvicorn(
                        200,
                        "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"🦙 llama.cpp Python API\",\"version\":\"0.3.30\"}}"));

        assertThat(contact(8000)).isEqualTo(End.CANCELS_STREAMS);
        assertThat(asked).endsWith("/openapi.json").doesNotContain("/v1/models");
    }

    @Test
    void uvicornThatDoesNotSayWhoItIsIsNotAskedOn() {
        otherwise = uvicorn(404, "{}");
        answers.put("/openapi.json", new Answer.Failed(Reason.TIMED_OUT, "busy", Stamp.now()));

        assertThat(contact(8000)).isEqualTo(End.SILENT);
        assertThat(asked).doesNotContain("/v1/models").endsWith("/props", "/openapi.json", "/openapi.json");
    }

    @Test
    void whatIsForbiddenIsLeftOut() {
        forbidden = Set.of("/info", "/v1/models");

        assertThat(contact(8000)).isEqualTo(End.DONE);
        assertThat(asked).doesNotContain("/info", "/v1/models").hasSize(6);
    }

    @Test
    void lmStudiosPortIsAskedOnePath() {
        assertThat(contact(1234)).isEqualTo(End.DONE);
        assertThat(asked).containsExactly("/v1/models");
    }

    private End contact(int port) {
        return FirstContact.with(port, forbidden::contains, this::ask, () -> false)
                .end();
    }

    private Answer ask(String path) {
        asked.add(path);
        return answers.getOrDefault(path, otherwise);
    }

    private static Answer uvicorn(int status, String body) {
        return new Answer.Received(
                status, Map.of("server", List.of("uvicorn")), body, MissingNode.getInstance(), false, Stamp.now());
    }

    private static Answer answer(int status, String type, String body) {
        return new Answer.Received(
                status, Map.of("content-type", List.of(type)), body, MissingNode.getInstance(), false, Stamp.now());
    }
}
