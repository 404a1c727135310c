// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import java.io.IOException;
import java.io.InputStream;
import org.osgi.annotation.versioning.ConsumerType;

/** Reads the body of a 200 in one pass, without holding it. */
@ConsumerType
@FunctionalInterface
public interface BodyReader<T> {
    /**
     * Reads the body to its end, or to where it is cut: a body that breaks off ends like one that is whole, and the caller knows.
     *
     * @param body decoded (chunks and gzip undone), at most 64 MiB
     * @throws IOException where the body makes no sense at all: becomes {@code malformed}
     */
    T read(InputStream body) throws IOException;
}
