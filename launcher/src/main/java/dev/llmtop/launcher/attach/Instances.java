// SPDX-License-Identifier: MIT
package dev.llmtop.launcher.attach;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The running instances of this user, by their sockets. */
public final class Instances {
    private static final String SUFFIX = ".sock";

    private Instances() {}

    /**
     * An instance.
     *
     * @param pid its process
     * @param socket where it listens
     */
    public record Instance(long pid, Path socket) {}

    /**
     * Those that listen, by pid. Empty where the folder is missing or somebody else's: a socket of a stranger is never spoken to.
     *
     * @throws IOException where the folder cannot be read
     */
    public static List<Instance> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder) || !Files.isReadable(folder) || !isOurs(folder)) {
            return List.of();
        }
        List<Instance> found = new ArrayList<>();
        try (DirectoryStream<Path> sockets = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path socket : sockets) {
                String name = socket.getFileName().toString();
                String number = name.substring(0, name.length() - SUFFIX.length());
                if (number.matches("[0-9]{1,18}") && isListening(socket)) {
                    found.add(new Instance(Long.parseLong(number), socket));
                }
            }
        } catch (NoSuchFileException gone) {
            return List.of();
        }
        found.sort(Comparator.comparingLong(Instance::pid));
        return found;
    }

    /** What an instance left that was killed refuses; its pid may be another's by now. */
    private static boolean isListening(Path socket) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean isOurs(Path folder) throws IOException {
        return Files.getOwner(folder).getName().equals(System.getProperty("user.name"));
    }
}
