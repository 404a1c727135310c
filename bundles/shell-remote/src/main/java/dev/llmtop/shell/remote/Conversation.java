// SPDX-License-Identifier: MIT
package dev.llmtop.shell.remote;

import dev.llmtop.agent.CommandSessions;
import dev.llmtop.agent.CommandSessions.Completion;
import dev.llmtop.agent.CommandSessions.Output;
import dev.llmtop.agent.CommandSessions.Session;
import dev.llmtop.agent.Wire;
import dev.llmtop.agent.Wire.Message;
import dev.llmtop.agent.Wire.Type;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One terminal: reads what it asks, runs one line after the other on a thread of its own, so that an interrupt or the terminal's end is
 * heard while a line runs.
 */
final class Conversation implements Runnable {
    private static final int MOST_WAITING = 100;

    private final ByteChannel channel;
    private final CommandSessions sessions;
    private final SnapshotText snapshots;
    private final Message hello;
    private final BlockingQueue<Message> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Object writing = new Object();

    Conversation(ByteChannel channel, Message hello, CommandSessions sessions, SnapshotText snapshots) {
        this.channel = channel;
        this.hello = hello;
        this.sessions = sessions;
        this.snapshots = snapshots;
    }

    /** Talks until the terminal ends or breaks the protocol; closes the channel. */
    @Override
    public void run() {
        try (channel;
                Session session = sessions.open(new Sent())) {
            send(hello);
            Thread runner =
                    new Thread(() -> runLines(session), Thread.currentThread().getName() + "-lines");
            runner.setDaemon(true);
            runner.start();
            try {
                listen(session);
            } finally {
                session.interrupt();
                runner.interrupt();
            }
        } catch (IOException gone) {
            // The terminal was closed, or it is none of ours.
        }
    }

    private void listen(Session session) throws IOException {
        Optional<Message> next = Wire.read(channel, Wire.LONGEST_REQUEST);
        while (next.isPresent()) {
            Message message = next.get();
            switch (message.type()) {
                case INTERRUPT -> session.interrupt();
                case COMPLETE -> complete(session, message.text());
                case RUN, SNAPSHOT -> {
                    if (!waiting.offer(message)) {
                        throw new IOException("more lines than anyone types");
                    }
                }
                case HELLO, TEXT, COMPLAINT, DONE, WORDS -> throw new IOException("not for an instance to hear");
            }
            next = Wire.read(channel, Wire.LONGEST_REQUEST);
        }
    }

    private void runLines(Session session) {
        try {
            while (channel.isOpen()) {
                Message message = waiting.take();
                boolean succeeded =
                        message.type() == Type.RUN ? session.run(message.text()) : sendSnapshot(message.text());
                send(new Message(Type.DONE, succeeded ? "0" : "1"));
            }
        } catch (InterruptedException | IOException end) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean sendSnapshot(String form) throws IOException {
        Optional<String> text = snapshots.latest(form);
        send(new Message(text.isPresent() ? Type.TEXT : Type.COMPLAINT, text.orElse("there is no snapshot yet")));
        return text.isPresent();
    }

    private void complete(Session session, String text) throws IOException {
        int end = text.indexOf('\n');
        int cursor;
        try {
            cursor = Integer.parseInt(text.substring(0, Math.max(0, end)));
        } catch (NumberFormatException nonsense) {
            throw new IOException("no cursor", nonsense);
        }
        Completion completion = session.complete(text.substring(end + 1), cursor);
        send(new Message(Type.WORDS, completion.start() + "\n" + String.join("\n", completion.words())));
    }

    private void send(Message message) throws IOException {
        synchronized (writing) {
            Wire.write(channel, message);
        }
    }

    /** What a command prints goes out at once; to a terminal that is gone it goes nowhere. */
    private final class Sent implements Output {
        @Override
        public void text(String text) {
            send(Type.TEXT, text);
        }

        @Override
        public void complaint(String text) {
            send(Type.COMPLAINT, text);
        }

        private void send(Type type, String text) {
            try {
                Conversation.this.send(new Message(type, text));
            } catch (IOException gone) {
                close();
            }
        }

        private void close() {
            try {
                channel.close();
            } catch (IOException closed) {
                // It is closed all the same.
            }
        }
    }
}
