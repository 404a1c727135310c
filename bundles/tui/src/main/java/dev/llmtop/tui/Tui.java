// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import dev.llmtop.agent.Agent;
import dev.llmtop.model.Snapshot;
import dev.llmtop.spi.SnapshotListener;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.draw.ScreenRenderer;
import dev.llmtop.tui.state.Effect;
import dev.llmtop.tui.terminal.ScreenTerminal;
import dev.llmtop.tui.terminal.Signals;
import dev.llmtop.tui.terminal.TerminalTraits;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The screen: there only where the launcher configures it. It starts before all it shows, and fills in. */
@Component(
        name = "dev.llmtop.tui",
        service = SnapshotListener.class,
        immediate = true,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Tui implements SnapshotListener {
    private final ScreenTerminal terminal;
    private final ScreenLoop loop;
    private final Signals signals;
    private final Thread lastWords;
    private final IntConsumer exit;
    private volatile Optional<Agent> agent = Optional.empty();

    /** Draws at once. */
    @Activate
    public Tui(
            TuiConfiguration configuration,
            BundleContext context,
            @Reference(name = "exit", target = "(llmtop.service=exit)") IntConsumer exit) {
        this.exit = exit;
        TerminalTraits traits = TerminalTraits.of(System.getenv());
        terminal = new ScreenTerminal(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new ScreenTerminal.Start(traits, size(configuration)));
        Beginning beginning = new Beginning(context.getBundle().getVersion().toString(), configuration, traits);
        ScreenModel model = new ScreenModel(new ScreenRenderer()::draw, beginning.nothing(), beginning.view());
        loop = new ScreenLoop(
                terminal, model, new ScreenLoop.Ending(exit::accept, line -> System.err.println("llmtop: " + line)));
        loop.start(this::run);
        signals = new Signals(() -> loop.post(() -> {}), () -> loop.post(this::resume));
        // Whatever ends the program, and however long the framework takes to stop: the terminal comes back at once.
        lastWords = new Thread(terminal::close, "llmtop-screen-last");
        Runtime.getRuntime().addShutdownHook(lastWords);
    }

    @Override
    public void snapshot(Snapshot snapshot) {
        loop.snapshot(snapshot);
    }

    @Deactivate
    void stop() {
        loop.stop();
        signals.close();
        try {
            Runtime.getRuntime().removeShutdownHook(lastWords);
        } catch (IllegalStateException e) {
            // It runs already.
        }
    }

    @Reference(
            name = "agent",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "unbindAgent")
    void bindAgent(Agent arrived) {
        agent = Optional.of(arrived);
    }

    void unbindAgent(Agent left) {
        if (agent.filter(current -> current == left).isPresent()) {
            agent = Optional.empty();
        }
    }

    private void run(Effect effect) throws IOException {
        if (effect instanceof Effect.Quit quit) {
            loop.stop();
            exit.accept(quit.code());
        } else if (effect == Effect.Plain.SUSPEND) {
            terminal.suspend();
        }
    }

    private void resume() {
        try {
            terminal.resume();
        } catch (IOException e) {
            exit.accept(1);
        }
    }

    private static Optional<Size> size(TuiConfiguration configuration) {
        return configuration.columns() > 0 && configuration.rows() > 0
                ? Optional.of(new Size(configuration.columns(), configuration.rows()))
                : Optional.empty();
    }
}
