// SPDX-License-Identifier: MIT
package dev.llmtop.shell.remote;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/** Who may speak: the owner of the socket, and root, who can do all that anyway. */
final class Peers {
    private static final String ROOT = "root";

    private final UserPrincipal owner;

    Peers(UserPrincipal owner) {
        this.owner = owner;
    }

    /** Whether the kernel says that the other side is one of them; a system that cannot say leaves it to the folder's permissions. */
    boolean mayCome(SocketChannel channel) throws IOException {
        if (!channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return true;
        }
        UnixDomainPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
        return mayCome(peer.user());
    }

    boolean mayCome(UserPrincipal user) {
        return user.equals(owner) || user.getName().equals(ROOT);
    }
}
