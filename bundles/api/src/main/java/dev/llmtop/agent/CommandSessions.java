// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import java.util.List;

/** The command language of the running program, for whoever has a line to run: the screen, a prompt, another terminal. */
public interface CommandSessions {
    /** Opens a session with variables of its own; what its commands print goes to {@code output}. */
    Session open(Output output);

    /** Where text goes; called by the threads that run commands. */
    interface Output {
        /** What a command prints; may be a part of a line, may hold control characters. */
        void text(String text);

        /** What it complains of. */
        void complaint(String text);
    }

    /** One user's commands, one after the other. */
    interface Session extends AutoCloseable {
        /**
         * Runs a line and returns when it has ended. What goes wrong is a complaint of one line.
         *
         * @return whether it succeeded
         */
        boolean run(String line);

        /** Breaks off the line that is running; may come from any thread. */
        void interrupt();

        /** What the word at the cursor could become, sorted; empty where nothing fits. */
        Completion complete(String line, int cursor);

        /** Ends the session; never fails. */
        @Override
        void close();
    }

    /**
     * What a word could become.
     *
     * @param start where the word begins in the line
     * @param words in its place, whole
     */
    record Completion(int start, List<String> words) {
        public Completion {
            words = List.copyOf(words);
        }
    }
}
