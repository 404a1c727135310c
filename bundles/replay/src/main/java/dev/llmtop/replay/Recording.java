// SPDX-License-Identifier: MIT
package dev.llmtop.replay;

import dev.llmtop.agent.SnapshotReader;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Value;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A recording: what {@code --json --watch} printed, plain or compressed with gzip. A plain file is read where it lies; of all else the
 * documents are copied to a temporary file that has no name, so that a replay can go back without holding them in memory.
 */
final class Recording implements Closeable {
    /** The most bytes that are copied. */
    private static final long MOST_COPIED = 8L << 30;

    /** After so many documents of which none can be read, no more are tried. */
    private static final int MOST_TRIED = 100;

    private final InputStream in;
    private final Tape tape;
    private final SnapshotReader reader;
    private final Optional<FileChannel> copy;

    private long copied;
    private int tried;
    private volatile String problem = "";
    private volatile boolean whole;

    private Recording(InputStream in, Tape tape, SnapshotReader reader, Optional<FileChannel> copy) {
        this.in = in;
        this.tape = tape;
        this.reader = reader;
        this.copy = copy;
    }

    /** A file; one that is compressed says so by its first two bytes. */
    static Recording of(Path file, SnapshotReader reader) throws IOException {
        // Not by the channel of a file: that would ask a pipe for its position.
        InputStream in = new FileInputStream(file.toFile());
        try {
            PushbackInputStream stream = new PushbackInputStream(in, 2);
            if (!Files.isRegularFile(file) || isCompressed(stream)) {
                return of(stream, reader);
            }
            return new Recording(
                    stream, new Tape(FileChannel.open(file, StandardOpenOption.READ)), reader, Optional.empty());
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** A stream that can be read once; its first bytes may not be there yet. */
    static Recording of(InputStream in, SnapshotReader reader) throws IOException {
        Path name = Files.createTempFile("llmtop-replay-", ".jsonl");
        FileChannel copy = FileChannel.open(name, StandardOpenOption.READ, StandardOpenOption.WRITE);
        // The open file stays, its name goes: whatever ends the program, nothing is left.
        Files.delete(name);
        return new Recording(in, new Tape(copy), reader, Optional.of(copy));
    }

    private static boolean isCompressed(PushbackInputStream in) throws IOException {
        byte[] magic = new byte[2];
        int count = in.readNBytes(magic, 0, 2);
        in.unread(magic, 0, count);
        return count == 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b;
    }

    Tape tape() {
        return tape;
    }

    /** Reads to the end, which of a pipe may be long in coming; the tape grows meanwhile. */
    void index() throws IOException {
        try {
            new Splitter(new Documents()).read(documents());
            dropTornEnd();
        } catch (EOFException | ZipException cut) {
            dropTornEnd();
            complain("the compressed recording breaks off; all before that stands");
        } finally {
            whole = true;
        }
    }

    private InputStream documents() throws IOException {
        if (copy.isEmpty()) {
            return in;
        }
        PushbackInputStream begin = in instanceof PushbackInputStream some ? some : new PushbackInputStream(in, 2);
        return isCompressed(begin) ? new GZIPInputStream(begin, 64 * 1_024) : begin;
    }

    /** Whether nothing more comes. */
    boolean whole() {
        return whole;
    }

    /** The first thing that was wrong with it, one line for a person; empty for nothing. */
    String problem() {
        return problem;
    }

    /** The document of the tape; unavailable, and the problem of the recording, where it cannot be read. */
    Value<Snapshot> snapshot(int index) throws IOException {
        Value<Snapshot> read = reader.read(tape.read(index));
        read.missing().ifPresent(gap -> complain(lineOf(tape.line(index), gap.detail())));
        return read;
    }

    /** Whoever stopped the program that recorded cut its last line: only a whole reading shows it. */
    private void dropTornEnd() throws IOException {
        int last = tape.size() - 1;
        if (last >= 0 && snapshot(last).known().isEmpty()) {
            tape.dropLast();
        }
    }

    private void complain(String line) {
        if (problem.isEmpty()) {
            problem = line;
        }
    }

    private static String lineOf(int line, String detail) {
        return "line " + line + " is left out: " + detail;
    }

    @Override
    public void close() throws IOException {
        tape.close();
    }

    /** Takes documents into the tape. */
    private final class Documents implements Splitter.Sink {
        @Override
        public boolean record(byte[] bytes, long offset, int line) throws IOException {
            Value<Instant> time = reader.time(bytes);
            if (time.known().isEmpty()) {
                return left(line, time.missing().orElseThrow().detail());
            }
            long place = offset;
            if (copy.isPresent()) {
                if (copied + bytes.length > MOST_COPIED) {
                    complain("the recording is longer than " + (MOST_COPIED >> 30) + " GiB; what follows is left out");
                    return false;
                }
                place = copied;
                write(copy.get(), bytes);
            }
            tape.add(place, bytes.length, line, time.known().orElseThrow());
            return true;
        }

        @Override
        public boolean tooLong(int line) {
            return left(line, "it is longer than " + (SnapshotReader.MOST_BYTES >> 20) + " MiB");
        }

        private boolean left(int line, String detail) {
            complain(lineOf(line, detail));
            tried++;
            return tape.size() > 0 || tried < MOST_TRIED;
        }

        private void write(FileChannel to, byte[] bytes) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                copied += to.write(buffer, copied);
            }
        }
    }
}
