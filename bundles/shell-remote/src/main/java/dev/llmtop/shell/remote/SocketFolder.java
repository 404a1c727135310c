// SPDX-License-Identifier: MIT
package dev.llmtop.shell.remote;

import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/** The folder with the sockets of this user's instances; nobody else can look into it. */
final class SocketFolder {
    private static final String SUFFIX = ".sock";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path path;

    private SocketFolder(Path path) {
        this.path = path;
    }

    /**
     * The folder, made where it is missing.
     *
     * @throws IOException with a line for the user where it cannot be made or is not this user's alone
     */
    static SocketFolder open(Path path) throws IOException {
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException there) {
            // Who made it is looked at below.
        } catch (UnsupportedOperationException unknown) {
            throw new IOException(path + ": this file system knows no owners", unknown);
        }
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isDirectory()) {
            throw new IOException(path + " is no folder");
        }
        if (!attributes.owner().equals(self())) {
            throw new IOException(path + " belongs to " + attributes.owner().getName());
        }
        if (!attributes.permissions().equals(OWNER_ONLY)) {
            throw new IOException(path + " is open to others; chmod 700 " + path + " closes it");
        }
        return new SocketFolder(path);
    }

    /** Who runs this program: whoever owns a file that it makes. */
    private static UserPrincipal self() throws IOException {
        Path probe = Files.createTempFile("llmtop", null);
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    /** Where the socket of a process lies. */
    Path socket(long pid) {
        return path.resolve(pid + SUFFIX);
    }

    /** Removes what instances left that were killed: a socket where nobody listens. The pid would not tell, since it may be used again. */
    void sweep() throws IOException {
        try (DirectoryStream<Path> sockets = Files.newDirectoryStream(path, "*" + SUFFIX)) {
            for (Path socket : sockets) {
                try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                    channel.shutdownOutput();
                } catch (SocketException refused) {
                    Files.deleteIfExists(socket);
                }
            }
        }
    }
}
