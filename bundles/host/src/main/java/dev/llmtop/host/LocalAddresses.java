// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The addresses of a network namespace, from files of a process in it; loopback and link-local ones are left out. */
final class LocalAddresses {
    private static final String GLOBAL_SCOPE = "00";

    private LocalAddresses() {}

    /** From {@code net/fib_trie}: an address is local where the line below it says {@code /32 host LOCAL}; each stands twice. */
    static List<String> ipv4(Bytes lines) {
        Set<String> found = new LinkedHashSet<>();
        String address = "";
        for (Bytes line = lines.line(); line != null; line = lines.line()) {
            line.skipBlanks();
            if (line.skip("|-- ")) {
                address = line.field();
            } else if (line.skip("/32 host LOCAL") && !address.isEmpty() && !address.startsWith("127.")) {
                found.add(address);
            } else {
                address = "";
            }
        }
        return List.copyOf(found);
    }

    /** From {@code net/if_inet6}: hexadecimal address, index, prefix length, scope, flags, interface. */
    static List<String> ipv6(Bytes lines) {
        List<String> found = new ArrayList<>();
        for (Bytes line = lines.line(); line != null; line = lines.line()) {
            byte[] address = address(line);
            String scope = line.skipFields(2).field();
            String device = line.skipFields(1).field();
            if (address != null && scope.equals(GLOBAL_SCOPE) && !device.equals("lo")) {
                found.add(Addresses.ofBytes(address));
            }
        }
        return found;
    }

    private static byte @Nullable [] address(Bytes line) {
        byte[] address = new byte[16];
        for (int at = 0; at < address.length; at++) {
            long one = line.hex(2);
            if (one < 0) {
                return null;
            }
            address[at] = (byte) one;
        }
        return address;
    }
}
