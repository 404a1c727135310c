// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.spi.Stamp;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * By what names and addresses this machine reaches itself. Asks no name server. Addresses come and go with networks, so they are read
 * again now and then. Used by the tick's thread alone.
 */
final class OwnNames {
    private static final double FRESH_SECONDS = 60;

    private Set<String> addresses = Set.of();
    private Stamp read = new Stamp(Instant.EPOCH, 0);
    private boolean known;

    /** @param hostName as the machine calls itself, with its domain or without */
    Set<String> of(String hostName, Stamp now) {
        if (!known || now.secondsSince(read) > FRESH_SECONDS) {
            addresses = addresses();
            read = now;
            known = true;
        }
        Set<String> names = new HashSet<>(addresses);
        String lower = hostName.toLowerCase(Locale.ROOT);
        if (!lower.isEmpty()) {
            names.add(lower);
            int dot = lower.indexOf('.');
            names.add(dot > 0 ? lower.substring(0, dot) : lower + ".local");
        }
        // What containers call the machine that they run on: Docker's and Podman's word.
        names.add("host.docker.internal");
        names.add("host.containers.internal");
        return names;
    }

    private static Set<String> addresses() {
        Set<String> addresses = new HashSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .forEach(address -> addresses.add(withoutZone(address.getHostAddress())));
        } catch (SocketException unknown) {
            // Then only its names and loopback are this machine.
            return Set.of();
        }
        return addresses;
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
