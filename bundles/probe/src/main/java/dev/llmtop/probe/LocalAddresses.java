// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.spi.Endpoint;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** Which addresses are this machine's own, or a container's on it. A name other than {@code localhost} never is: it may be anybody's. */
final class LocalAddresses {
    /** Bridges that container runtimes make; a bridge of another name may reach the network beyond the machine. */
    private static final Pattern CONTAINERS =
            Pattern.compile("docker\\d+|docker_gwbridge|br-[0-9a-f]{12}|podman\\d+|cni\\d+|cni-podman\\d+|nerdctl\\d+");

    private LocalAddresses() {}

    static boolean contain(Endpoint endpoint) {
        if (endpoint.socket().isPresent() || Addresses.isLocalhost(endpoint.host())) {
            return true;
        }
        if (!Addresses.isLiteral(endpoint.host())) {
            return false;
        }
        try {
            InetAddress address = InetAddress.getByName(endpoint.host());
            return address.isLoopbackAddress() || address.isAnyLocalAddress() || onInterface(address);
        } catch (UnknownHostException | SocketException unknown) {
            return false;
        }
    }

    private static boolean onInterface(InetAddress address) throws SocketException {
        List<NetworkInterface> interfaces = Collections.list(NetworkInterface.getNetworkInterfaces());
        for (NetworkInterface network : interfaces) {
            for (InterfaceAddress own : network.getInterfaceAddresses()) {
                if (covers(network.getName(), own.getAddress(), own.getNetworkPrefixLength(), address)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether an address is the one of this interface, or lies in its network where that is one of containers. */
    static boolean covers(String name, InetAddress own, int prefix, InetAddress address) {
        byte[] bytes = own.getAddress();
        int bits = CONTAINERS.matcher(name).matches() ? prefix : bytes.length * 8;
        return samePrefix(bytes, address.getAddress(), bits);
    }

    /** Whether two addresses of one family begin with the same bits. */
    static boolean samePrefix(byte[] one, byte[] other, int bits) {
        if (one.length != other.length || bits <= 0 || bits > one.length * 8) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(one, 0, whole, other, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || (one[whole] ^ other[whole]) >> (8 - rest) == 0;
    }
}
