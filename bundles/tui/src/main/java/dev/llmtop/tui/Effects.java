// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import dev.llmtop.agent.Agent;
import dev.llmtop.tui.command.CommandLine;
import dev.llmtop.tui.command.Completion;
import dev.llmtop.tui.keep.Written;
import dev.llmtop.tui.state.Effect;
import dev.llmtop.tui.state.Prompt;
import dev.llmtop.tui.state.ViewState;
import dev.llmtop.tui.terminal.ScreenTerminal;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Does what keys ask for beyond the view. Called by the drawing thread, which it never holds up. */
final class Effects implements Doings {
    private final ScreenTerminal terminal;
    private final ScreenModel model;
    private final Tools tools;

    /**
     * What it works with.
     *
     * @param links services that come and go
     * @param commands runs and completes commands
     * @param written writes screens
     * @param memory keeps settings
     * @param beside does what may take long, on another thread
     * @param later lets something be done by the drawing thread
     * @param quit ends the program
     */
    record Tools(
            Links links,
            CommandLine commands,
            Written written,
            ViewMemory memory,
            Executor beside,
            Consumer<Runnable> later,
            IntConsumer quit) {}

    Effects(ScreenTerminal terminal, ScreenModel model, Tools tools) {
        this.terminal = terminal;
        this.model = model;
        this.tools = tools;
    }

    @Override
    public void run(Effect effect) throws IOException {
        Optional<String> replayed = tools.links().playback().flatMap(playing -> ReplayControl.run(effect, playing));
        if (replayed.isPresent()) {
            note(replayed.get());
            return;
        }
        if (effect instanceof Effect.Plain plain) {
            run(plain);
        } else if (effect instanceof Effect.Quit quit) {
            tools.quit().accept(quit.code());
        } else if (effect instanceof Effect.Seek seek) {
            if (!model.seek(seek.steps())) {
                note(seek.steps() < 0 ? "nothing older is remembered" : "this is the last snapshot; p goes on live");
            }
        } else if (effect instanceof Effect.GoTo there) {
            model.goTo(there.moment());
        } else if (effect instanceof Effect.Run run) {
            tools.commands().run(run.command());
            showCommand();
        } else if (effect instanceof Effect.Recall recall) {
            String earlier = tools.commands().recall(recall.direction());
            prompt(model.view().prompt().map(prompt -> prompt.with(earlier, earlier.length())));
        } else if (effect instanceof Effect.Speed) {
            note("this is live; < and > change the speed of a recording");
        } else if (effect instanceof Effect.SetInterval interval) {
            agentOrNote().ifPresent(agent -> agent.interval(interval.interval()));
        }
    }

    private void run(Effect.Plain effect) throws IOException {
        switch (effect) {
            case SUSPEND -> terminal.suspend();
            case REDRAW -> terminal.redraw();
            case WRITE -> write();
            case REDISCOVER -> agentOrNote().ifPresent(Agent::rediscover);
            case PAUSE -> model.pause();
            case LIVE -> model.live();
            case CUT -> {
                tools.commands().cut();
                showCommand();
            }
            case COMPLETE -> complete();
            case COPY -> {
                model.freeze();
                terminal.takeMouse(false);
            }
            case COPIED -> {
                model.thaw();
                terminal.takeMouse(true);
            }
            case KEEP_SETTINGS -> keep();
            case FORGET_SETTINGS -> {
                model.view(tools.memory().forgotten(model.view()));
                keep();
            }
        }
    }

    /** The output of the command as it stands. */
    private void showCommand() {
        model.view(model.view().withCommand(tools.commands().pane()));
    }

    private void write() {
        var snapshot = model.snapshot();
        List<String> screen = model.lastFrame().lines();
        tools.beside().execute(() -> {
            Optional<String> json = tools.links().format().map(format -> format.json(snapshot, true));
            String line = tools.written().write(LocalDateTime.now(), screen, json);
            tools.later().accept(() -> note(line));
        });
    }

    private void keep() {
        ViewState view = model.view();
        tools.beside()
                .execute(() -> tools.memory()
                        .keep(view)
                        .ifPresent(line -> tools.later().accept(() -> note(line))));
    }

    private void complete() {
        Optional<Prompt> prompt = model.view().prompt();
        if (prompt.isEmpty()) {
            return;
        }
        Completion completion =
                tools.commands().complete(prompt.get().text(), prompt.get().cursor());
        prompt(Optional.of(prompt.get().with(completion.text(), completion.cursor())));
        model.view(model.view().withCommand(model.view().command().withCompletions(completion.choices())));
    }

    private void prompt(Optional<Prompt> other) {
        model.view(model.view().withPrompt(other));
    }

    private Optional<Agent> agentOrNote() {
        Optional<Agent> agent = tools.links().agent();
        if (agent.isEmpty()) {
            note("the agent has not started yet");
        }
        return agent;
    }

    private void note(String line) {
        model.view(model.view().withNote(line));
    }
}
