// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A body with gzip undone where it is there, whatever the head says of it: some servers say so and send plain text. */
final class DecodedBody extends InputStream {
    private static final int BUFFER_BYTES = 4_096;

    private final InputStream encoded;
    private final boolean gzip;
    private @Nullable InputStream decoded;

    private DecodedBody(InputStream encoded, boolean gzip) {
        this.encoded = encoded;
        this.gzip = gzip;
    }

    /** Fails where the head names an encoding that was not asked for. */
    static DecodedBody of(ResponseHead head, InputStream encoded) throws Trouble {
        List<String> encodings = new ArrayList<>(head.elements("content-encoding"));
        encodings.addAll(head.elements("transfer-encoding"));
        encodings.removeAll(List.of("identity", "chunked"));
        boolean gzip = encodings.removeAll(List.of("gzip", "x-gzip"));
        if (!encodings.isEmpty()) {
            throw new Trouble(
                    Reason.MALFORMED, "its body is encoded as " + encodings.get(0) + ", which nobody asked for");
        }
        return new DecodedBody(encoded, gzip);
    }

    @Override
    public int read() throws IOException {
        return stream().read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return stream().read(into, offset, length);
    }

    private InputStream stream() throws IOException {
        InputStream known = decoded;
        if (known == null) {
            known = gzip ? open() : encoded;
            decoded = known;
        }
        return known;
    }

    private InputStream open() throws IOException {
        PushbackInputStream pushback = new PushbackInputStream(encoded, 2);
        byte[] start = pushback.readNBytes(2);
        pushback.unread(start);
        boolean marked = start.length == 2 && start[0] == 0x1f && (start[1] & 0xff) == 0x8b;
        return marked ? new GZIPInputStream(pushback, BUFFER_BYTES) : pushback;
    }
}
