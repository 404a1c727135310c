// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.llmtop.agent.Adapters.Status;
import dev.llmtop.agent.Pressure;
import dev.llmtop.agent.PressureWatch;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.EventKind;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.Snapshot.Event;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.monitor.Engines.Changes;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final Changes NONE = new Changes(Set.of(), Set.of());
    private static final String ID = "127.0.0.1:8000";

    @Test
    void comingGoingAndComingBack() {
        List<EngineSnapshot> ready = List.of(engine(State.READY));
        assertThat(between(List.of(), ready, NONE)).containsExactly(EventKind.ENGINE_APPEARED);
        assertThat(between(ready, List.of(), NONE)).containsExactly(EventKind.ENGINE_GONE);
        assertThat(between(List.of(), ready, new Changes(Set.of(ID), Set.of())))
                .containsExactly(EventKind.ENGINE_RESTARTED);
        assertThat(between(List.of(), ready, new Changes(Set.of(), Set.of(ID)))).containsExactly(EventKind.ENGINE_BACK);
        assertThat(between(ready, ready, NONE)).isEmpty();
        assertThat(between(ready, ready, new Changes(Set.of(ID), Set.of())))
                .containsExactly(EventKind.ENGINE_RESTARTED);
    }

    @Test
    void anAddressThatNobodyClaimedYetNeitherComesNorGoes() {
        List<EngineSnapshot> asked =
                List.of(Made.engine(8000, "unknown", Role.ENGINE, State.IDENTIFYING, Figures.none()));
        assertThat(between(List.of(), asked, NONE)).isEmpty();
        assertThat(between(asked, List.of(), NONE)).isEmpty();
        assertThat(between(asked, List.of(engine(State.READY)), NONE)).containsExactly(EventKind.ENGINE_APPEARED);
    }

    @Test
    void statesThatMatterAreEvents() {
        assertThat(between(State.READY, State.UNREACHABLE)).containsExactly(EventKind.ENGINE_UNREACHABLE);
        assertThat(between(State.UNREACHABLE, State.READY)).containsExactly(EventKind.ENGINE_BACK);
        assertThat(between(State.READY, State.BLOCKED)).containsExactly(EventKind.ENGINE_BLOCKED);
        assertThat(between(State.LOADING, State.READY)).isEmpty();
    }

    @Test
    void anotherAdapterIsAReclassification() {
        EngineSnapshot unknown = Made.engine(8000, "unknown", Role.ENGINE, State.READY, Figures.none());
        assertThat(between(List.of(unknown), List.of(engine(State.READY)), NONE))
                .containsExactly(EventKind.ENGINE_RECLASSIFIED);
    }

    @Test
    void anAdapterThatIsBeingReplacedIsNoEventOfItsEngine() {
        List<EngineSnapshot> ready = List.of(engine(State.READY));
        List<EngineSnapshot> between = List.of(engine(State.IDENTIFYING));
        assertThat(between(ready, between, NONE)).isEmpty();
        assertThat(between(between, ready, NONE)).isEmpty();
    }

    @Test
    void modelsThatAreLoadedAndUnloaded() {
        EngineSnapshot before = with(true, "a", "b");
        EngineSnapshot after = with(true, "b", "c");
        Events events = new Events(Instant.EPOCH);
        events.engines(List.of(before), List.of(after), NONE);
        assertThat(events.events())
                .extracting(Event::kind, event -> event.model().orElse(""))
                .containsExactly(tuple(EventKind.MODEL_LOADED, "c"), tuple(EventKind.MODEL_UNLOADED, "a"));
    }

    @Test
    void modelsThatAreNotKnownWereNotUnloaded() {
        assertThat(between(List.of(with(true, "a")), List.of(with(false)), NONE))
                .isEmpty();
        assertThat(between(List.of(with(false)), List.of(with(true, "a")), NONE))
                .isEmpty();
    }

    @Test
    void adaptersThatComeGoAndAreSwitchedOff() {
        Events events = new Events(Instant.EPOCH);
        events.adapters(
                Map.of("a", status("a", "active"), "b", status("b", "active")),
                Map.of("b", status("b", "disabled"), "c", status("c", "active")));
        assertThat(events.events())
                .extracting(Event::kind)
                .containsExactlyInAnyOrder(
                        EventKind.ADAPTER_DISABLED, EventKind.ADAPTER_ADDED, EventKind.ADAPTER_REMOVED);
    }

    @Test
    void aGpuIsLostOnce() {
        Gpu card = Made.gpu(0, Value.of(40.0));
        Gpu lost = new Gpu(card.identity(), Gpu.State.LOST, card.memory(), card.figures(), List.of(), card.tenants());
        Events events = new Events(Instant.EPOCH);
        events.gpus(List.of(card), List.of(lost));
        events.gpus(List.of(lost), List.of(lost));
        assertThat(events.events()).extracting(Event::kind).containsExactly(EventKind.GPU_LOST);
    }

    @Test
    void aGpuThatIsListedNoMoreIsLostWhereOthersOfItsVendorStillAre() {
        Gpu first = Made.gpu(0, Value.of(40.0));
        Gpu second = Made.gpu(1, Value.of(40.0));
        Events events = new Events(Instant.EPOCH);
        events.gpus(List.of(first, second), List.of(first));
        assertThat(events.events()).extracting(Event::detail).containsExactly("GPU 1 card is not listed any more");
        Events sourceGone = new Events(Instant.EPOCH);
        sourceGone.gpus(List.of(first, second), List.of());
        assertThat(sourceGone.events()).isEmpty();
    }

    @Test
    void whatRoseUnderPressureIsToldAndWhatStaysIsNot() {
        Events events = new Events(Instant.EPOCH);
        events.pressure(List.of(
                pressed(PressureWatch.Sign.KV_CACHE, Optional.of("e"), OptionalInt.empty(), Pressure.CRITICAL, true),
                pressed(PressureWatch.Sign.MEMORY, Optional.empty(), OptionalInt.of(2), Pressure.WARN, true),
                pressed(PressureWatch.Sign.MEMORY, Optional.empty(), OptionalInt.of(3), Pressure.WARN, false)));
        assertThat(events.events())
                .extracting(Event::kind, Event::engine, Event::detail)
                .containsExactly(
                        tuple(EventKind.PRESSURE, Optional.of("e"), "KV 98%, critical"),
                        tuple(EventKind.PRESSURE, Optional.empty(), "GPU 2 memory 98%"));
    }

    private static PressureWatch.Pressed pressed(
            PressureWatch.Sign sign, Optional<String> engine, OptionalInt gpu, Pressure level, boolean rose) {
        return new PressureWatch.Pressed(new PressureWatch.Subject(sign, engine, gpu), level, level, rose, "98%");
    }

    private static Status status(String kind, String state) {
        return new Status(kind, kind, "bundle 1.0.0", state, "two hung calls", Optional.empty());
    }

    private static EngineSnapshot engine(State state) {
        return Made.engine(8000, state, Figures.none());
    }

    private static EngineSnapshot with(boolean known, String... loaded) {
        EngineSnapshot engine = engine(State.READY);
        List<ModelSnapshot> models = Arrays.stream(loaded)
                .map(id -> new ModelSnapshot(id, ModelState.LOADED, false, Map.of(), Figures.none(), Map.of()))
                .toList();
        Map<String, Value.Unavailable<?>> unavailable =
                known ? Map.of() : Map.of("models", new Value.Unavailable<>(Reason.UNREACHABLE, "refused"));
        return new EngineSnapshot(
                engine.identity(),
                engine.placement(),
                models,
                engine.serving(),
                engine.measured(),
                new EngineSnapshot.Findings(List.of(), unavailable));
    }

    private static List<EventKind> between(State before, State after) {
        return between(List.of(engine(before)), List.of(engine(after)), NONE);
    }

    private static List<EventKind> between(List<EngineSnapshot> before, List<EngineSnapshot> after, Changes changes) {
        Events events = new Events(Instant.EPOCH);
        events.engines(before, after, changes);
        return events.events().stream().map(Event::kind).toList();
    }
}
