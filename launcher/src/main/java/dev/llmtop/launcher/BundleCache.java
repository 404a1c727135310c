// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the framework keeps its copies. The user's cache, one folder for each content of the distribution, belongs to
 * the instance that holds its lock: Felix itself lets two processes share one silently. Any other instance, and one
 * without a writable cache, gets a private folder that goes when it ends.
 */
final class BundleCache implements Closeable {
    private static final String LOCK = "lock";
    private static final String COMPLETE = "complete";
    private static final String FRAMEWORK = "felix";

    private final Path folder;
    private final @Nullable FileChannel lock;

    private BundleCache(Path folder, @Nullable FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Takes the cache named {@code content} in the user's cache folder, else a private one. */
    static BundleCache open(Optional<Path> userCache, String content) throws IOException {
        if (userCache.isPresent()) {
            Path folder = userCache.get().resolve(content);
            try {
                boolean fresh = !Files.isDirectory(folder);
                Folder.create(folder);
                FileChannel lock = lock(folder);
                if (lock != null) {
                    BundleCache cache = new BundleCache(folder, lock);
                    cache.discardUnfinished();
                    if (fresh) {
                        removeOthers(userCache.get(), folder);
                    }
                    return cache;
                }
            } catch (IOException e) {
                // Not writable, full, or not ours: the private folder will do.
            }
        }
        return new BundleCache(Files.createTempDirectory("llmtop-"), null);
    }

    /** The framework's storage area. */
    Path storage() {
        return folder.resolve(FRAMEWORK);
    }

    /** Whether it is the user's lasting cache. */
    boolean lasting() {
        return lock != null;
    }

    /** Notes that every bundle of the distribution is in; a start cut short before that begins anew. */
    void complete() throws IOException {
        if (lasting() && !Files.exists(folder.resolve(COMPLETE))) {
            Files.createFile(folder.resolve(COMPLETE));
        }
    }

    private void discardUnfinished() {
        if (!Files.exists(folder.resolve(COMPLETE))) {
            Folder.delete(storage());
        }
    }

    /** Throws the content away, after the framework found it unusable. */
    void reset() throws IOException {
        Files.deleteIfExists(folder.resolve(COMPLETE));
        Folder.delete(storage());
    }

    @Override
    public void close() throws IOException {
        if (lock == null) {
            Folder.delete(folder);
        } else {
            lock.close();
        }
    }

    private static @Nullable FileChannel lock(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            // Gone means that another instance, cleaning up, removed the folder between our open and our lock.
            if (lock != null && Files.exists(file)) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held within this process.
        }
        channel.close();
        return null;
    }

    /** An upgrade leaves the old distribution's cache behind; those in use are left alone. */
    private static void removeOthers(Path userCache, Path current) throws IOException {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(userCache, Files::isDirectory)) {
            for (Path other : others) {
                boolean ours = Files.exists(other.resolve(LOCK));
                FileChannel lock = !ours || other.equals(current) ? null : lock(other);
                if (lock != null) {
                    Folder.delete(other);
                    lock.close();
                }
            }
        }
    }
}
