// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Reading;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.CaseExpectation;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import dev.llmtop.testkit.TestedAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A situation in which an adapter knows less than it could, as data: which server answers, what is changed in its answers ({@code
 * replace}, {@code broken}: half of it comes), which members it has, whether it listens, and what the reasons must say.
 *
 * @param name such as {@code metricsOff}
 */
record Situation(String kind, String name, JsonNode data) {
    /** Every adapter has each, or says why it never comes to it. */
    static final List<String> NAMES =
            List.of("metricsOff", "keyNeeded", "oldVersion", "loading", "asleep", "halfAPage");

    private static final Path FOLDER = Distribution.ROOT.resolve("bundles/itest/src/test/resources/unavailable");

    /** What an adapter said. */
    record Said(Match match, Description description, Reading reading) {}

    static Situation of(String kind, String name) {
        try {
            JsonNode file =
                    new ObjectMapper().readTree(FOLDER.resolve(kind + ".json").toFile());
            return new Situation(kind, name, file.path(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("no situations of " + kind, unreadable);
        }
    }

    boolean never() {
        return data.path("never").isTextual();
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }

    /** Identified, described and measured, as by the agent. */
    Said ask(ShippedAdapter shipped, Map<String, EngineCase> cases) {
        EngineCase each = Optional.ofNullable(cases.get(data.path("server").asText()))
                .orElseThrow(() -> new AssertionError(this + " names no case"));
        List<EngineServer> servers = new ArrayList<>();
        try (EngineServer server = each.folder().start()) {
            change(server, each);
            List<String> argv = data.has("argv") ? CaseExpectation.texts(data.path("argv")) : each.argv(server.port());
            TestedAdapter tested = new TestedAdapter(
                    shipped.adapter(), kind, List.copyOf(shipped.descriptor().paths()));
            Candidate candidate = tested.hinted(server.endpoint(), argv);
            if (!data.path("listening").asBoolean(true)) {
                candidate = TestedAdapter.notListening(candidate);
            }
            LocalProbe probe = tested.probe(server, argv)
                    .withMembers(
                            members(servers), shipped.descriptor().memberPaths().toArray(String[]::new));
            Engine engine = tested.described(candidate, probe);
            Reading reading = shipped.adapter().metrics(engine, probe);
            server.assertOnly(tested.paths());
            return new Said(engine.match(), engine.description().orElseThrow(), reading);
        } finally {
            servers.forEach(EngineServer::close);
        }
    }

    private List<Member> members(List<EngineServer> started) {
        List<Member> members = new ArrayList<>();
        for (JsonNode member : data.path("members")) {
            Path folder = Distribution.ROOT
                    .resolve("bundles")
                    .resolve(member.path("folder").asText());
            EngineServer server = EngineServer.replay(folder);
            started.add(server);
            members.add(new Member(
                    server.endpoint(), TestedAdapter.launch(CaseExpectation.texts(member.path("argv")), Map.of())));
        }
        return members;
    }

    private void change(EngineServer server, EngineCase each) {
        for (JsonNode request : data.path("replace")) {
            server.replace(request.path("path").asText(), each.folder().answer(request));
        }
        JsonNode broken = data.path("broken");
        for (JsonNode request : each.folder().index().path("requests")) {
            if (broken.isTextual() && request.path("path").equals(broken)) {
                CannedAnswer whole = each.folder().answer(request);
                server.replace(broken.asText(), whole.brokenOff());
            }
        }
    }
}
