// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.Attribution;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.EventKind;
import dev.llmtop.model.Figure;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.State;
import dev.llmtop.model.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ContractSchemaTest {
    private final JsonNode schema = new ContractSchema().tree();

    @Test
    void codesAreThoseOfTheEnums() {
        assertThat(codes("/$defs/reason")).isEqualTo(codes(Reason.values(), Reason::code));
        assertThat(codes("/$defs/attribution")).isEqualTo(codes(Attribution.values(), Attribution::code));
        assertThat(codes("/$defs/engine/properties/state")).isEqualTo(codes(State.values(), State::code));
        assertThat(codes("/$defs/engine/properties/role")).isEqualTo(codes(Role.values(), Role::code));
        assertThat(codes("/$defs/model/properties/state")).isEqualTo(codes(ModelState.values(), ModelState::code));
        assertThat(codes("/$defs/event/properties/kind")).isEqualTo(codes(EventKind.values(), EventKind::code));
        assertThat(codes("/$defs/source/properties/basis")).isEqualTo(codes(Basis.values(), Basis::code));
        assertThat(codes("/$defs/source/properties/combined")).isEqualTo(codes(Combined.values(), Combined::code));
        assertThat(codes("/$defs/scan/properties/candidates/items/properties/verdict"))
                .isEqualTo(codes(Verdict.values(), Verdict::code));
    }

    @Test
    void everyMetricStandsThereAndNothingElse() {
        assertThat(names("/$defs/metrics/properties"))
                .containsExactlyInAnyOrderElementsOf(codes(Metric.values(), Metric::jsonName));
    }

    @Test
    void everyFigureOfAGpuAndOfTheHostStandsThere() {
        assertThat(names("/$defs/gpu/properties")).containsAll(codes(GpuMetric.values(), GpuMetric::jsonName));
        assertThat(names("/$defs/host/properties")).containsAll(codes(HostMetric.values(), HostMetric::jsonName));
        assertThat(names("/$defs/model/properties"))
                .containsAll(codes(ModelSnapshot.Fact.values(), ModelSnapshot.Fact::jsonName));
    }

    @Test
    void theFormOfEachFigureIsTheSchemasToo() {
        for (Figure figure : Metric.values()) {
            assertForm(figure, "/$defs/metrics/properties/");
        }
        for (Figure figure : GpuMetric.values()) {
            assertForm(figure, "/$defs/gpu/properties/");
        }
        for (Figure figure : HostMetric.values()) {
            assertForm(figure, "/$defs/host/properties/");
        }
    }

    @Test
    void noObjectTakesUndeclaredFields() {
        List<String> open = new ArrayList<>();
        walk(schema, "", open);
        assertThat(open).isEmpty();
    }

    @Test
    void anUndeclaredFieldIsAViolation() {
        ContractSchema contract = new ContractSchema();
        String json = new SnapshotJson().json(Samples.mockup(), false);
        assertThat(contract.violations(json)).isEmpty();
        assertThat(contract.violations(json.replaceFirst("\"running\":3", "\"running\":3,\"runs\":3")))
                .hasSize(1);
        assertThat(contract.violations(json.replaceFirst("\"running\":3", "\"running\":\"3\"")))
                .hasSize(1);
        assertThat(contract.violations(json.replaceFirst("\"not-exported\"", "\"n/a\"")))
                .hasSize(1);
    }

    private void assertForm(Figure figure, String where) {
        JsonNode declared = schema.at(where + figure.jsonName());
        String expected = switch (figure.form()) {
            case COUNT -> "#/$defs/count";
            case NUMBER -> "#/$defs/number";
            case RATIO -> "#/$defs/ratio";
            case TEXT -> "#/$defs/text";
            case DISTRIBUTION -> "#/$defs/distribution";
            case PARTS -> "#/$defs/parts";
            case FLAG -> "boolean";
            case NUMBERS, TEXTS -> "array";
        };
        String found = declared.has("$ref")
                ? declared.path("$ref").asText()
                : declared.path("type").asText();
        assertThat(found).as(figure.jsonName()).isEqualTo(expected);
    }

    private static void walk(JsonNode node, String path, List<String> open) {
        if (node.path("type").asText().equals("object") && !node.has("additionalProperties")) {
            open.add(path);
        }
        if (node.has("properties") && !node.path("additionalProperties").isBoolean()) {
            open.add(path);
        }
        node.fields().forEachRemaining(field -> walk(field.getValue(), path + "/" + field.getKey(), open));
    }

    private List<String> codes(String pointer) {
        List<String> codes = new ArrayList<>();
        schema.at(pointer).path("enum").forEach(code -> codes.add(code.asText()));
        return codes;
    }

    private static <E> List<String> codes(E[] values, Function<E, String> code) {
        return Arrays.stream(values).map(code).toList();
    }

    private List<String> names(String pointer) {
        List<String> names = new ArrayList<>();
        schema.at(pointer).fieldNames().forEachRemaining(names::add);
        return names;
    }
}
