// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import java.time.Duration;
import java.time.Instant;

/** What a key does beyond the view; done by whoever holds the terminal and the services. */
public sealed interface Effect {
    /** Ends the program. */
    record Quit(int code) implements Effect {}

    /** What needs no more words. */
    enum Plain implements Effect {
        /** Stops the process as Ctrl-Z does. */
        SUSPEND,
        /** Draws everything anew. */
        REDRAW,
        /** Writes screen and snapshot to files. */
        WRITE,
        /** Looks for engines again. */
        REDISCOVER,
        /** Stands still at the shown moment. */
        PAUSE,
        /** Shows what is live again. */
        LIVE,
        /** Breaks off the command that runs. */
        CUT,
        /** Completes the word under the cursor of the command prompt. */
        COMPLETE,
        /** The mouse is the terminal's, for marking text, until the next key. */
        COPY,
        /** The mouse is ours again. */
        COPIED,
        /** Keeps theme, sort and the like for the next start. */
        KEEP_SETTINGS,
        /** Forgets what was kept. */
        FORGET_SETTINGS
    }

    /** Goes back or on by so many snapshots. */
    record Seek(int steps) implements Effect {}

    /** Plays a recording slower (-1) or faster (1). */
    record Speed(int direction) implements Effect {}

    /** Goes to a moment of the past. */
    record GoTo(Instant moment) implements Effect {}

    /** Runs a command. */
    record Run(String command) implements Effect {}

    /** Shows an earlier (-1) or later (1) command in the prompt. */
    record Recall(int direction) implements Effect {}

    /** Sets the time between ticks. */
    record SetInterval(Duration interval) implements Effect {}
}
