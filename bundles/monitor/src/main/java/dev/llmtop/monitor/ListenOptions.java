// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.spi.Launch;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The port that a command line names. Only options: where this is asked the process is another user's, and its environment may not
 * be read.
 */
final class ListenOptions {
    private ListenOptions() {}

    static Optional<Integer> port(Launch launch) {
        OptionalInt port = launch.port("--port", "-port", "--server-port", "--api-port");
        if (port.isEmpty() && launch.program().startsWith("text-")) {
            // Of TGI and TEI alone -p is the port.
            port = launch.port("-p");
        }
        return port.isPresent()
                ? Optional.of(port.getAsInt())
                : launch.option("--listen", "-listen", "--address", "--bind").flatMap(ListenOptions::afterColon);
    }

    private static Optional<Integer> afterColon(String address) {
        String port = address.substring(address.lastIndexOf(':') + 1);
        return port.matches("\\d{1,5}") ? Optional.of(Integer.valueOf(port)) : Optional.empty();
    }
}
