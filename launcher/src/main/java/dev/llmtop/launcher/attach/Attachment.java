// SPDX-License-Identifier: MIT
package dev.llmtop.launcher.attach;

import dev.llmtop.agent.Wire;
import dev.llmtop.agent.Wire.Message;
import dev.llmtop.agent.Wire.Type;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A connection to a running instance. One thread runs lines; {@link #interrupt} may come from any. */
public final class Attachment implements AutoCloseable {
    private final SocketChannel channel;
    private final Hello hello;
    private final Object writing = new Object();

    private Attachment(SocketChannel channel, Hello hello) {
        this.channel = channel;
        this.hello = hello;
    }

    /**
     * Who answers.
     *
     * @param version of the program
     * @param pid of its process
     * @param asked what it was asked for that changes what it samples
     */
    public record Hello(String version, long pid, String asked) {
        static Hello of(String text) throws IOException {
            String[] parts = text.split("\n", 3);
            if (parts.length < 3 || !parts[1].matches("[0-9]{1,18}")) {
                throw new IOException("not a message of llmtop");
            }
            return new Hello(parts[0], Long.parseLong(parts[1]), parts[2]);
        }
    }

    /**
     * What a word could become.
     *
     * @param start where it begins
     */
    public record Words(int start, List<String> words) {
        public Words {
            words = List.copyOf(words);
        }
    }

    /**
     * Connects.
     *
     * @param patience how long it may take to say who it is: a stopped process accepts and says nothing
     * @throws IOException where nobody answers there, or nobody of ours
     */
    public static Attachment to(Path socket, Duration patience) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        try (Deadline deadline = Deadline.of(channel, patience)) {
            Message first = next(channel);
            if (first.type() != Type.HELLO) {
                throw new IOException("not a message of llmtop");
            }
            return new Attachment(channel, Hello.of(first.text()));
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /** Who answers. */
    public Hello hello() {
        return hello;
    }

    /**
     * Runs a line there.
     *
     * @return whether it succeeded
     * @throws IOException where the instance ended
     */
    public boolean run(String line, Consumer<String> text, Consumer<String> complaint) throws IOException {
        return ask(new Message(Type.RUN, line), text, complaint);
    }

    /**
     * The last snapshot; empty where it has none worth telling.
     *
     * @param form {@code line}, {@code json}, {@code report WIDTH} or {@code ascii WIDTH}
     * @throws IOException where the instance ended, or did not answer in time
     */
    public Optional<String> snapshot(String form, Duration patience) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Deadline deadline = Deadline.of(channel, patience)) {
            return ask(new Message(Type.SNAPSHOT, form), text::append, complaint -> {})
                    ? Optional.of(text.toString())
                    : Optional.empty();
        }
    }

    private boolean ask(Message message, Consumer<String> text, Consumer<String> complaint) throws IOException {
        send(message);
        while (true) {
            Message answer = next(channel);
            if (answer.type() == Type.DONE) {
                return answer.text().equals("0");
            }
            (answer.type() == Type.COMPLAINT ? complaint : text).accept(answer.text());
        }
    }

    /**
     * What the word at the cursor could become; not while a line runs.
     *
     * @throws IOException where the instance ended
     */
    public Words complete(String line, int cursor) throws IOException {
        send(new Message(Type.COMPLETE, cursor + "\n" + line));
        List<String> lines = next(channel).text().lines().toList();
        if (lines.isEmpty() || !lines.get(0).matches("[0-9]{1,9}")) {
            throw new IOException("not a message of llmtop");
        }
        return new Words(
                Integer.parseInt(lines.get(0)),
                lines.stream().skip(1).filter(word -> !word.isEmpty()).toList());
    }

    /** Breaks off the line that runs. */
    public void interrupt() throws IOException {
        send(new Message(Type.INTERRUPT, ""));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void send(Message message) throws IOException {
        synchronized (writing) {
            Wire.write(channel, message);
        }
    }

    private static Message next(SocketChannel channel) throws IOException {
        return Wire.read(channel, Wire.LONGEST_ANSWER).orElseThrow(() -> new EOFException("llmtop has ended"));
    }
}
