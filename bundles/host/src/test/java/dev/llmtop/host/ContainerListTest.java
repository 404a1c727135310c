// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmtop.agent.ProcessTable.PublishedPort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ContainerListTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String ID = "0123456789abcdef".repeat(4);

    @Property
    void whatAContainerIsComesBack(@ForAll("names") String name, @ForAll("portNumbers") List<Integer> ports) {
        ObjectNode container = JSON.objectNode().put("Id", ID);
        container.putArray("Names").add("/other/" + name).add("/" + name);
        ArrayNode published = container.putArray("Ports");
        ports.forEach(port -> published
                .addObject()
                .put("IP", "0.0.0.0")
                .put("PublicPort", port)
                .put("PrivatePort", 8_000)
                .put("Type", "tcp"));

        assertThat(ContainerList.read(JSON.arrayNode().add(container)))
                .contains(Map.of(
                        ID,
                        new ContainerList.Listed(
                                Optional.of(name),
                                ports.stream()
                                        .map(port -> new PublishedPort("0.0.0.0", port, 8_000))
                                        .toList())));
    }

    @Property
    void anyValueInAnyPlaceIsAListOrNone(@ForAll("values") JsonNode value, @ForAll("values") JsonNode other) {
        ContainerList.read(value);
        ObjectNode port = JSON.objectNode();
        List.of("IP", "PublicPort", "PrivatePort", "Type").forEach(field -> port.set(field, value));
        for (JsonNode ports : List.of(value, JSON.arrayNode().add(port).add(other))) {
            ObjectNode container = JSON.objectNode().put("Id", ID);
            container.set("Names", other);
            container.set("Ports", ports);

            var listed = ContainerList.read(JSON.arrayNode().add(container).add(value))
                    .orElseThrow()
                    .get(ID);

            assertThat(listed.ports())
                    .allSatisfy(one -> assertThat(one.port()).isBetween(1, 65_535))
                    .allSatisfy(one -> assertThat(one.host()).matches("[0-9A-Fa-f.:]+"));
            assertThat(listed.name().orElse("x")).matches("[^\\p{Cntrl}/]{1,200}");
        }
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("abcXYZ0189_.-").ofMinLength(1).ofMaxLength(60);
    }

    @Provide
    Arbitrary<List<Integer>> portNumbers() {
        return Arbitraries.integers().between(1, 65_535).list().ofMaxSize(10);
    }

    @Provide
    Arbitrary<JsonNode> values() {
        Arbitrary<JsonNode> simple = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(300).map(JSON::textNode),
                Arbitraries.of("0.0.0.0", "::", "/", "//", "tcp", ID, "\u001b[31m")
                        .map(JSON::textNode),
                Arbitraries.integers().map(JSON::numberNode),
                Arbitraries.doubles().map(JSON::numberNode),
                Arbitraries.of(JSON.nullNode(), JSON.booleanNode(true), JSON.objectNode(), JSON.arrayNode()));
        Arbitrary<JsonNode> lists =
                simple.list().ofMaxSize(4).map(all -> JSON.arrayNode().addAll(all));
        Arbitrary<JsonNode> objects = Combinators.combine(Arbitraries.of("Id", "Names", "Ports", "IP"), simple)
                .as((field, value) -> JSON.objectNode().set(field, value));
        return Arbitraries.oneOf(simple, lists, objects);
    }
}
