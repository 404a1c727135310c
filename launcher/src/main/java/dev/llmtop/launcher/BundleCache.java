// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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

    private static final String PRIVATE = "llmtop-";
    private static final int TRIES = 3;

    private final Path folder;
    private final FileChannel lock;
    private final boolean lasting;

    private BundleCache(Path folder, FileChannel lock, boolean lasting) {
        this.folder = folder;
        this.lock = lock;
        this.lasting = lasting;
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
                    BundleCache cache = new BundleCache(folder, lock, true);
                    cache.discardUnfinished();
                    if (fresh) {
                        removeOthers(userCache.get(), "*", folder);
                    }
                    return cache;
                }
            } catch (IOException e) {
                // Not writable, full, or not ours: the private folder will do.
            }
        }
        return openPrivate();
    }

    private static BundleCache openPrivate() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Path folder = Files.createTempDirectory(PRIVATE);
            FileChannel lock = lock(folder);
            // Not ours if an instance that cleans up took it for abandoned just before we locked it.
            if (lock != null) {
                Path parent = folder.getParent();
                if (parent != null) {
                    removeOthers(parent, PRIVATE + "*", folder);
                }
                return new BundleCache(folder, lock, false);
            }
        }
        throw new IOException("no folder for the bundles can be had");
    }

    /** The framework's storage area. */
    Path storage() {
        return folder.resolve(FRAMEWORK);
    }

    /** Whether it is the user's lasting cache. */
    boolean lasting() {
        return lasting;
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
        if (!lasting) {
            Folder.delete(folder);
        }
        lock.close();
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

    /**
     * Removes what an upgrade or a killed instance left behind. Those in use are left alone, and so is whatever is not
     * this user's: the temporary folder is everyone's.
     */
    private static void removeOthers(Path parent, String names, Path current) {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(parent, names)) {
            for (Path other : others) {
                if (!other.equals(current) && isOurs(other, current)) {
                    remove(other);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // It costs space and nothing else.
        }
    }

    private static boolean isOurs(Path other, Path current) throws IOException {
        return Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(other.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(other, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(current));
    }

    private static void remove(Path other) throws IOException {
        FileChannel lock = lock(other);
        if (lock != null) {
            Folder.delete(other);
            lock.close();
        }
    }
}
