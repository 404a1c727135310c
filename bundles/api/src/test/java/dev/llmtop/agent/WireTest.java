// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmtop.agent.Wire.Message;
import dev.llmtop.agent.Wire.Type;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WireTest {
    @Test
    void whatIsWrittenIsRead() throws IOException {
        Message[] messages = {
            new Message(Type.RUN, "engines"),
            new Message(Type.TEXT, ""),
            new Message(Type.TEXT, "é\u2588\uD83D\uDE00\n")
        };
        byte[] bytes = bytes(messages);
        var channel = Channels.newChannel(new ByteArrayInputStream(bytes));
        for (Message message : messages) {
            assertThat(Wire.read(channel, 100)).contains(message);
        }
        assertThat(Wire.read(channel, 100)).isEmpty();
    }

    @Test
    void anEndInTheMiddleOfAMessageIsAnError() throws IOException {
        byte[] bytes = bytes(new Message(Type.RUN, "engines"));
        for (int length = 1; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(part, 100)).isInstanceOf(IOException.class);
        }
        assertThat(read(new byte[0], 100)).isEmpty();
    }

    @Test
    void nonsenseAndWhatIsTooLongIsRefusedBeforeItIsRead() throws IOException {
        assertThatThrownBy(() -> read("GET / HTTP/1.1\r\n\r\n".getBytes(), 100)).hasMessageContaining("not a message");
        assertThatThrownBy(() -> read(new byte[] {1, 0x7f, 0x7f, 0x7f, 0x7f}, 100))
                .hasMessageContaining("not a message");
        assertThatThrownBy(() -> read(new byte[] {1, -1, -1, -1, -1}, 100)).hasMessageContaining("not a message");
        assertThatThrownBy(() -> read(new byte[] {99, 0, 0, 0, 0}, 100)).hasMessageContaining("not a message");
        byte[] exact = bytes(new Message(Type.RUN, "x".repeat(100)));
        assertThat(read(exact, 100)).isPresent();
        assertThatThrownBy(() -> read(exact, 99)).hasMessageContaining("not a message");
    }

    private static Optional<Message> read(byte[] bytes, int longest) throws IOException {
        return Wire.read(Channels.newChannel(new ByteArrayInputStream(bytes)), longest);
    }

    private static byte[] bytes(Message... messages) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Message message : messages) {
            Wire.write(Channels.newChannel(out), message);
        }
        return out.toByteArray();
    }
}
