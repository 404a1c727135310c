// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.itest.LineUp.Seen;
import dev.llmtop.itest.LineUp.Signal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each adapter taken out: its engines fall to the generic ones, never to a look-alike, and nobody else's are seen otherwise. */
class AdapterAbsentTest {
    private static final List<EngineCase> CASES = EngineCase.all();
    private static final List<ShippedAdapter> SHIPPED = ShippedAdapter.all();

    static Stream<Arguments> kindsAndSignals() {
        return SHIPPED.stream()
                .map(ShippedAdapter::kind)
                .flatMap(kind -> Stream.of(Signal.values()).map(signal -> Arguments.of(kind, signal)));
    }

    @ParameterizedTest
    @MethodSource("kindsAndSignals")
    void itsEnginesFallToTheGenericOnesAndNobodyElsesChange(String absent, Signal signal) {
        List<ShippedAdapter> others = SHIPPED.stream()
                .filter(shipped -> !shipped.kind().equals(absent))
                .toList();

        Map<String, Seen> seen = LineUp.look(signal, CASES, others);

        Map<String, String> wrong = new TreeMap<>();
        for (EngineCase each : CASES) {
            String present = signal == Signal.PROCESS ? each.hinted() : each.stranger();
            Seen found = seen.get(each.name());
            Set<String> allowed = present.equals(absent) ? generic(absent, each, found) : Set.of(present);
            if (!allowed.contains(found.kind())) {
                wrong.put(each.name(), "should be one of " + allowed + ", but is seen as " + found);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** A list of models that was asked for is never lost; what is closed, or may not be asked, may be nobody's. */
    private static Set<String> generic(String absent, EngineCase each, Seen found) {
        boolean listed = found.asked().contains("/v1/models") && each.answersAModelList();
        if (absent.equals("openai")) {
            return listed ? Set.of("unknown") : Set.of("unknown", "");
        }
        if (absent.equals("unknown")) {
            return Set.of("openai", "");
        }
        return listed ? Set.of("openai") : Set.of("openai", "unknown", "");
    }
}
