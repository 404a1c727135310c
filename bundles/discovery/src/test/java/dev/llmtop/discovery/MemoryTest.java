// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.discovery.Memory.Step;
import dev.llmtop.model.Verdict;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Strength;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final Endpoint ENDPOINT = Endpoint.tcp("127.0.0.1", 8000);

    private static final AdapterDescriptor TOY = AdapterDescriptor.of(
            Map.of("llmtop.kind", "toy", "llmtop.title", "Toy", "llmtop.paths", new String[] {"/toy"}));

    private final AtomicLong nanos = new AtomicLong();
    private final Memory memory = new Memory(nanos::get);

    private static Place stranger(String anchor) {
        return new Place(
                new Place.Spot(ENDPOINT, List.of(), List.of(), true),
                new Place.Who(Optional.empty(), Set.of(), List.of(), List.of(), anchor),
                new Place.Why(Place.Signal.USUAL_PORT, Set.of(), "", Optional.empty(), false, List.of()));
    }

    private Step after(Duration age, Place place) {
        nanos.set(age.toNanos());
        return memory.step(place, 1, adapter -> true);
    }

    @Test
    void aStrangerThatAnsweredIsNotAskedAgainForHours() {
        Place place = stranger("60@5");
        memory.remember(place.key(), new Outcome(Verdict.NOT_AN_ENGINE, ENDPOINT, Optional.empty(), true, "nobody"), 1);
        assertThat(after(Duration.ZERO, place)).isEqualTo(Step.KEEP);
        assertThat(after(Duration.ofHours(5), place)).isEqualTo(Step.KEEP);
        assertThat(after(Duration.ofHours(7), place)).isEqualTo(Step.ASK_ASIDE);
    }

    @Test
    void aStrangerThatWasSilentIsNotAskedAgainForMinutes() {
        Place place = stranger("60@5");
        memory.remember(place.key(), new Outcome(Verdict.SILENT, ENDPOINT, Optional.empty(), false, "silent"), 1);
        assertThat(after(Duration.ofMinutes(9), place)).isEqualTo(Step.KEEP);
        assertThat(after(Duration.ofMinutes(11), place)).isEqualTo(Step.ASK_ASIDE);
    }

    @Test
    void anotherStartOfItsOwnerIsAnotherStranger() {
        Place place = stranger("60@5");
        memory.remember(place.key(), new Outcome(Verdict.NOT_AN_ENGINE, ENDPOINT, Optional.empty(), true, "nobody"), 1);
        assertThat(after(Duration.ZERO, stranger("60@9"))).isEqualTo(Step.ASK);
    }

    @Test
    void whatAUserNamedElsewhereIsLookedAtAgainAndSilenceTakesNothingFromIt() {
        Place place = new Place(
                new Place.Spot(ENDPOINT, List.of(), List.of(), true),
                Place.Who.UNKNOWN,
                new Place.Why(Place.Signal.CONFIGURED, Set.of(), "", Optional.empty(), true, List.of()));
        Outcome.Claim claim =
                new Outcome.Claim(TOY, Match.of(Strength.DISTINCTIVE).build());
        Outcome claimed = new Outcome(Verdict.ENGINE, ENDPOINT, Optional.of(claim), true, "says so");
        memory.remember(place.key(), claimed, 1);

        assertThat(after(Duration.ofMinutes(9), place)).isEqualTo(Step.KEEP);
        assertThat(after(Duration.ofMinutes(11), place)).isEqualTo(Step.ASK_ASIDE);

        memory.remember(place.key(), new Outcome(Verdict.SILENT, ENDPOINT, Optional.empty(), false, "silent"), 1);
        assertThat(memory.outcome(place)).contains(claimed);
        assertThat(after(Duration.ofMinutes(12), place)).isEqualTo(Step.KEEP);

        Outcome page = new Outcome(Verdict.NOT_AN_ENGINE, ENDPOINT, Optional.empty(), true, "a page");
        memory.remember(place.key(), page, 1);
        assertThat(memory.outcome(place)).contains(page);
    }
}
