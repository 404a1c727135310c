// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.model.Reason;
import dev.llmtop.spi.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where to connect to. An address needs no look-up; a name does, which has no deadline of its own. */
final class Addresses {
    private Addresses() {}

    static List<SocketAddress> of(Endpoint endpoint, long deadlineNanos) throws Trouble {
        if (endpoint.socket().isPresent()) {
            try {
                return List.of(UnixDomainSocketAddress.of(endpoint.socket().get()));
            } catch (IllegalArgumentException noPath) {
                throw new Trouble(Reason.UNREACHABLE, "no path of a socket: " + noPath.getMessage());
            }
        }
        String host = endpoint.host();
        try {
            if (isLocalhost(host)) {
                return List.of(at("127.0.0.1", endpoint.port()), at("::1", endpoint.port()));
            }
            return List.of(
                    isLiteral(host)
                            ? at(host, endpoint.port())
                            : new InetSocketAddress(lookedUp(host, deadlineNanos), endpoint.port()));
        } catch (UnknownHostException unknown) {
            throw new Trouble(Reason.UNREACHABLE, "no such host: " + host);
        }
    }

    static boolean isLocalhost(String host) {
        return host.toLowerCase(Locale.ROOT).equals("localhost");
    }

    /** Whether it is an address and not a name. */
    static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }

    private static InetSocketAddress at(String literal, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(literal), port);
    }

    private static InetAddress lookedUp(String host, long deadlineNanos) throws Trouble, UnknownHostException {
        FutureTask<InetAddress> lookup = new FutureTask<>(() -> InetAddress.getByName(host));
        Thread thread = new Thread(lookup, "llmtop-probe-name");
        thread.setDaemon(true);
        thread.start();
        try {
            return lookup.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            throw new Trouble(Reason.TIMED_OUT, "no address of " + host + " by the deadline");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Trouble.abandoned();
        } catch (ExecutionException failed) {
            throw new UnknownHostException(host);
        }
    }
}
