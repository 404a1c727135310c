// SPDX-License-Identifier: MIT
package dev.llmtop.tui.command;

import dev.llmtop.agent.CommandSessions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A shell of a few commands, which knows the words of the test. */
final class FakeSessions implements CommandSessions {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    final CountDownLatch ended = new CountDownLatch(1);
    final AtomicInteger open = new AtomicInteger();
    private final List<String> words;

    FakeSessions(String... words) {
        this.words = List.of(words);
    }

    @Override
    public Session open(Output output) {
        open.incrementAndGet();
        return new One(output);
    }

    private final class One implements Session {
        private final Output output;
        private boolean closed;

        One(Output output) {
            this.output = output;
        }

        @Override
        public boolean run(String line) {
            String[] said = line.split(" ");
            switch (said[0]) {
                case "engines" -> {
                    output.text("127.0.0.1:8000\nvllm \u001b[31mr");
                    output.text("ed\u001b[0m \u202eRLO\n\ta");
                }
                case "lines" -> {
                    for (int at = 0; at < Integer.parseInt(said[1]); at++) {
                        output.text("line " + at + "\n");
                    }
                }
                case "hang" -> hang();
                case "broken" -> throw new IllegalStateException("stopped\nmeanwhile");
                default -> output.complaint("no command " + line + "\n");
            }
            return true;
        }

        /** What the session's interrupt does not reach, the thread's does. */
        private void hang() {
            output.text("begun");
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                output.complaint("interrupted\n");
                ended.countDown();
            }
        }

        @Override
        public void interrupt() {
            interrupted.countDown();
        }

        @Override
        public Completion complete(String line, int cursor) {
            int start = line.lastIndexOf(' ', cursor - 1) + 1;
            String word = line.substring(start, cursor);
            return new Completion(
                    start, words.stream().filter(one -> one.startsWith(word)).toList());
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }
}
