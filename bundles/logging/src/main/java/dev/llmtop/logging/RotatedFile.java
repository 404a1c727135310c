// SPDX-License-Identifier: MIT
package dev.llmtop.logging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that only its user may read, opened at the first line. Several processes may write it: each line is one write at
 * its end, and one process at a time rotates. Where it cannot be written, lines go nowhere.
 */
final class RotatedFile {
    private static final Set<OpenOption> APPEND = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> LOCK =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private static final int MOST_ATTEMPTS = 5;

    private final Path file;
    private final long mostBytes;
    private final int files;
    private @Nullable FileChannel channel;
    private @Nullable Object key;
    private boolean givenUp;

    /**
     * @param mostBytes after which a new file is begun, greater than 0
     * @param files kept in all, at least 1: {@code x.log}, {@code x.log.1}, {@code x.log.2}
     */
    RotatedFile(Path file, long mostBytes, int files) {
        this.file = file;
        this.mostBytes = mostBytes;
        this.files = files;
    }

    /** Appends a line and its end in one write; never fails. Whether it was written. */
    synchronized boolean append(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        for (int attempt = 0; attempt < MOST_ATTEMPTS && !givenUp; attempt++) {
            try {
                write(bytes);
                return true;
            } catch (NoSuchFileException renamed) {
                // Another process rotated between two steps of ours.
                close();
            } catch (ClosedByInterruptException interrupted) {
                // The channel of an interrupted thread closes; it is opened anew for the next line.
                close();
                return false;
            } catch (IOException | SecurityException | UnsupportedOperationException unwritable) {
                givenUp = true;
                close();
            }
        }
        return false;
    }

    private void write(byte[] bytes) throws IOException {
        FileChannel open = current();
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            open.write(rest);
        }
    }

    /** Closes the file; the next line opens it again. */
    synchronized void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException gone) {
            // Every line was written by itself: there is nothing left to lose.
        }
        channel = null;
        key = null;
    }

    private FileChannel current() throws IOException {
        FileChannel open = channel;
        if (open == null || !open.isOpen() || !isStillThere()) {
            open = open();
        }
        if (open.size() >= mostBytes) {
            rotate();
            open = open();
        }
        return open;
    }

    /** Whether the name still means the file that is open: another process may have rotated. */
    private boolean isStillThere() {
        try {
            return Objects.equals(key, keyOf(file));
        } catch (IOException gone) {
            return false;
        }
    }

    private FileChannel open() throws IOException {
        close();
        Files.createDirectories(
                parent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel opened = FileChannel.open(file, APPEND, ownerOnly());
        channel = opened;
        // One that was there before may be open to others.
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        key = keyOf(file);
        return opened;
    }

    /** Renames under a lock, and only if nobody did so meanwhile; who does not get the lock goes on in the old file. */
    private void rotate() throws IOException {
        Path guard = parent().resolve(file.getFileName() + ".lock");
        try (FileChannel gate = FileChannel.open(guard, LOCK, ownerOnly());
                FileLock lock = gate.tryLock()) {
            if (lock == null || Files.size(file) < mostBytes) {
                return;
            }
            for (int number = files - 1; number >= 1; number--) {
                Path older = number == 1 ? file : numbered(number - 1);
                if (Files.exists(older)) {
                    Files.move(older, numbered(number), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            if (files == 1) {
                Files.delete(file);
            }
        } catch (OverlappingFileLockException otherThread) {
            // Another writer of this process rotates.
        }
    }

    private Path numbered(int number) {
        return parent().resolve(file.getFileName() + "." + number);
    }

    private Path parent() {
        return Objects.requireNonNull(file.getParent(), "a log lies in a directory");
    }

    private static @Nullable Object keyOf(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static FileAttribute<?> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }
}
