// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import dev.llmtop.model.Text;
import dev.llmtop.tui.filter.FilterComplaint;
import dev.llmtop.tui.state.Input.Key;
import dev.llmtop.tui.state.Input.Paste;
import dev.llmtop.tui.state.Prompt.Kind;
import java.util.Optional;

/** Keys while a line is being typed: editing, and what its end means. Pasted text is text, whatever it holds. */
final class PromptKeys {
    private static final int LONGEST = 1_000;

    private PromptKeys() {}

    static Step apply(ViewState view, Prompt prompt, Input input, Shown shown) {
        if (input instanceof Paste paste) {
            return changed(view, insert(prompt, paste.text()), shown);
        }
        if (!(input instanceof Key key)) {
            return Step.of(view);
        }
        return switch (key.name()) {
            case ENTER -> entered(view, prompt, shown);
            case ESCAPE -> undone(view, prompt);
            case CONTROL -> control(view, prompt, key, shown);
            case ALT -> word(view, prompt, key);
            case UP, DOWN, TAB, BACK_TAB, PAGE_UP, PAGE_DOWN -> beside(view, prompt, key, shown);
            default ->
                edited(prompt, key).map(edited -> changed(view, edited, shown)).orElseGet(() -> Step.of(view));
        };
    }

    private static Optional<Prompt> edited(Prompt prompt, Key key) {
        String text = prompt.text();
        int cursor = prompt.cursor();
        return switch (key.name()) {
            case CHARACTER -> Optional.of(insert(prompt, key.text()));
            case BACKSPACE ->
                Optional.of(prompt.with(
                        text.substring(0, before(text, cursor)) + text.substring(cursor), before(text, cursor)));
            case DELETE ->
                Optional.of(prompt.with(text.substring(0, cursor) + text.substring(after(text, cursor)), cursor));
            case LEFT -> Optional.of(prompt.with(text, before(text, cursor)));
            case RIGHT -> Optional.of(prompt.with(text, after(text, cursor)));
            case HOME -> Optional.of(prompt.with(text, 0));
            case END -> Optional.of(prompt.with(text, text.length()));
            default -> Optional.empty();
        };
    }

    private static Prompt insert(Prompt prompt, String what) {
        String clean = Text.clean(what);
        String room = clean.substring(
                0, Math.max(0, Math.min(clean.length(), LONGEST - prompt.text().length())));
        return prompt.with(
                prompt.text().substring(0, prompt.cursor())
                        + room
                        + prompt.text().substring(prompt.cursor()),
                prompt.cursor() + room.length());
    }

    private static int before(String text, int cursor) {
        return cursor == 0 ? 0 : text.offsetByCodePoints(cursor, -1);
    }

    private static int after(String text, int cursor) {
        return cursor == text.length() ? cursor : text.offsetByCodePoints(cursor, 1);
    }

    private static Step control(ViewState view, Prompt prompt, Key key, Shown shown) {
        String text = prompt.text();
        int cursor = prompt.cursor();
        return switch (key.text()) {
            case "a" -> changed(view, prompt.with(text, 0), shown);
            case "e" -> changed(view, prompt.with(text, text.length()), shown);
            case "u" -> changed(view, prompt.with(text.substring(cursor), 0), shown);
            case "k" -> changed(view, prompt.with(text.substring(0, cursor), cursor), shown);
            case "w" -> {
                int from = startOfWord(text, cursor);
                yield changed(view, prompt.with(text.substring(0, from) + text.substring(cursor), from), shown);
            }
            case "c" ->
                prompt.kind() == Kind.COMMAND && view.command().running()
                        ? Step.note(view, "cut").with(Effect.Plain.CUT)
                        : undone(view, prompt);
            case "z" -> Step.of(view).with(Effect.Plain.SUSPEND);
            case "l" -> Step.of(view).with(Effect.Plain.REDRAW);
            default -> Step.of(view);
        };
    }

    /** Whether Alt with this key moves in a line that is being typed. */
    static boolean edits(ViewState view, Key key) {
        return view.prompt().isPresent()
                && (key.text().equals("b") || key.text().equals("f"));
    }

    private static Step word(ViewState view, Prompt prompt, Key key) {
        int to = key.text().equals("b")
                ? startOfWord(prompt.text(), prompt.cursor())
                : endOfWord(prompt.text(), prompt.cursor());
        return Step.of(view.withPrompt(
                Optional.of(new Prompt(prompt.kind(), prompt.text(), to, prompt.complaint(), prompt.before()))));
    }

    private static int endOfWord(String text, int cursor) {
        int to = cursor;
        while (to < text.length() && text.charAt(to) == ' ') {
            to++;
        }
        while (to < text.length() && text.charAt(to) != ' ') {
            to++;
        }
        return to;
    }

    private static int startOfWord(String text, int cursor) {
        int from = cursor;
        while (from > 0 && text.charAt(from - 1) == ' ') {
            from--;
        }
        while (from > 0 && text.charAt(from - 1) != ' ') {
            from--;
        }
        return from;
    }

    /** Keys that are no editing: the history and completion of commands, and what lies behind the line. */
    private static Step beside(ViewState view, Prompt prompt, Key key, Shown shown) {
        boolean command = prompt.kind() == Kind.COMMAND;
        return switch (key.name()) {
            case UP -> command ? Step.of(view).with(new Effect.Recall(-1)) : row(view, prompt, -1, shown);
            case DOWN -> command ? Step.of(view).with(new Effect.Recall(1)) : row(view, prompt, 1, shown);
            case TAB -> command ? Step.of(view).with(Effect.Plain.COMPLETE) : Step.of(view);
            case PAGE_UP -> command ? output(view, page(shown)) : row(view, prompt, -shown.page(), shown);
            case PAGE_DOWN -> command ? output(view, -page(shown)) : row(view, prompt, shown.page(), shown);
            default -> Step.of(view);
        };
    }

    /** The output of a command has the lower half. */
    private static int page(Shown shown) {
        return Math.max(1, shown.frame().size().rows() / 2 - 2);
    }

    /** The output scrolls from its end. */
    static Step output(ViewState view, int back) {
        int most = Math.max(0, view.command().output().size() - 1);
        int to = Math.max(0, Math.min(most, view.overlay().scroll() + back));
        return Step.of(view.withOverlay(new Overlay(Overlay.Kind.COMMAND, 1, to, "")));
    }

    private static Step row(ViewState view, Prompt prompt, int by, Shown shown) {
        return prompt.kind() == Kind.FIND
                ? OverlayKeys.scroll(view, by, shown.overlay())
                : MainKeys.row(view, by, shown);
    }

    /** A filter holds while it is typed; a bad one leaves the last good one in force. */
    private static Step changed(ViewState view, Prompt prompt, Shown shown) {
        return switch (prompt.kind()) {
            case FILTER -> filtered(view, prompt);
            case FIND -> {
                Overlay overlay = view.overlay();
                yield Step.of(view.withPrompt(Optional.of(prompt))
                        .withOverlay(new Overlay(overlay.kind(), overlay.tab(), overlay.scroll(), prompt.text())));
            }
            case COMMAND ->
                Step.of(view.withPrompt(Optional.of(prompt))
                        .withCommand(view.command().withCompletions(java.util.List.of())));
        };
    }

    private static Step filtered(ViewState view, Prompt prompt) {
        try {
            return Step.of(view.withFilter(new Filter(prompt.text())).withPrompt(Optional.of(prompt)));
        } catch (FilterComplaint complaint) {
            return Step.of(view.withPrompt(Optional.of(prompt.complaining(complaint.words()))));
        }
    }

    private static Step entered(ViewState view, Prompt prompt, Shown shown) {
        return switch (prompt.kind()) {
            case FILTER ->
                prompt.complaint().isEmpty()
                        ? Step.of(view.withPrompt(Optional.empty()))
                        : Step.note(
                                view.withPrompt(Optional.empty()),
                                "bad filter: " + prompt.complaint() + "; the last good one holds");
            case FIND -> OverlayKeys.find(view.withPrompt(Optional.empty()), 1, shown.overlay());
            case COMMAND -> ran(view, prompt);
        };
    }

    private static Step ran(ViewState view, Prompt prompt) {
        if (prompt.text().isBlank()) {
            return Step.of(view);
        }
        if (view.command().running()) {
            return Step.note(view, "a command runs; Ctrl-C cuts it");
        }
        return Step.of(view.withPrompt(Optional.of(Prompt.begin(Kind.COMMAND, "")))
                        .withOverlay(Overlay.of(Overlay.Kind.COMMAND)))
                .with(new Effect.Run(prompt.text().strip()));
    }

    private static Step undone(ViewState view, Prompt prompt) {
        ViewState closed = view.withPrompt(Optional.empty());
        return switch (prompt.kind()) {
            case FILTER -> Step.of(closed.withFilter(new Filter(prompt.before())));
            case FIND -> {
                Overlay overlay = view.overlay();
                yield Step.of(closed.withOverlay(
                        new Overlay(overlay.kind(), overlay.tab(), overlay.scroll(), prompt.before())));
            }
            case COMMAND -> Step.of(closed.withOverlay(Overlay.NONE));
        };
    }
}
