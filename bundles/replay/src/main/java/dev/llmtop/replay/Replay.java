// SPDX-License-Identifier: MIT
package dev.llmtop.replay;

import static java.util.Objects.requireNonNull;

import dev.llmtop.agent.Agent;
import dev.llmtop.agent.Playback;
import dev.llmtop.agent.SnapshotReader;
import dev.llmtop.model.Snapshot;
import dev.llmtop.spi.SnapshotListener;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * A recording in the place of the running agent: there only where the launcher configures it, and then the monitor is not. Listeners
 * cannot tell it from live snapshots.
 */
@Component(
        name = "dev.llmtop.replay",
        service = {Agent.class, Playback.class},
        immediate = true,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Replay implements Agent, Playback {
    private final Session session;
    private final Audience audience = new Audience();

    /** What is played and how. */
    public @interface Config {
        /** The file; {@code -} for standard input. */
        String file();

        /** Its name for a person. */
        String title() default "";

        /**
         * {@code play} for a screen; {@code one} for one snapshot, the last or the one at {@link #at()}; {@code all} for every snapshot
         * at once, then the end.
         */
        String mode() default "play";

        /** Where it begins, as {@link Playback#seek(String)} takes it; empty for the start. */
        String at() default "";

        /** Whether the end leads to the start. */
        boolean loop() default false;
    }

    /** Opens nothing yet: {@link #start} does, when those who listen are bound. */
    @Activate
    public Replay(
            Config config,
            @Reference(name = "reader") SnapshotReader reader,
            @Reference(name = "exit", target = "(llmtop.service=exit)") IntConsumer exit) {
        session = new Session(
                new Session.Order(
                        config.file(), config.title(), Session.Mode.of(config.mode()), config.at(), config.loop()),
                reader,
                audience,
                new Session.End(exit, line -> System.err.println(line)));
    }

    @Activate
    void start() {
        session.start();
    }

    @Deactivate
    void stop() {
        session.stop();
    }

    @Override
    public Snapshot latest() {
        return audience.latest();
    }

    /** There is nothing to look for: the engines are those of the recording. */
    @Override
    public void rediscover() {}

    @Override
    public Position position() {
        return session.position();
    }

    @Override
    public void pause(boolean paused) {
        session.player().ifPresent(player -> player.pause(paused));
    }

    @Override
    public void step(int snapshots) {
        session.player().ifPresent(player -> player.step(snapshots));
    }

    @Override
    public void seek(Duration fromStart) {
        session.player().ifPresent(player -> player.seek(fromStart));
    }

    @Override
    public Optional<String> seek(String place) {
        Optional<Player> player = session.player();
        return player.isPresent() ? player.get().seek(place) : Optional.of("the recording is not open yet");
    }

    @Override
    public void speed(double factor) {
        session.player().ifPresent(player -> player.speed(factor));
    }

    @Reference(
            name = "listeners",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "unbindListener")
    void bindListener(SnapshotListener listener, Map<String, Object> properties) {
        audience.add(id(properties), listener);
    }

    void unbindListener(SnapshotListener listener, Map<String, Object> properties) {
        audience.remove(id(properties));
    }

    private static long id(Map<String, Object> properties) {
        return (Long) requireNonNull(properties.get("service.id"));
    }
}
