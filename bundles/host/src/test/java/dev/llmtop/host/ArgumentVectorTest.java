// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentVectorTest {
    @Test
    void argumentsEndInNul() {
        assertThat(read("vllm\0serve\0--port\0008000\0")).containsExactly("vllm", "serve", "--port", "8000");
    }

    @Test
    void emptyArgumentInTheMiddleStays() {
        assertThat(read("a\0\0b\0")).containsExactly("a", "", "b");
    }

    @Test
    void lineWithoutNulAtItsEndIsWhole() {
        assertThat(read("nginx: master process")).containsExactly("nginx: master process");
        assertThat(read("a\0b")).containsExactly("a", "b");
    }

    @Test
    void titleLosesTheNulsAndBlanksBehindIt() {
        assertThat(read("VLLM::EngineCore\0\0\0\0\0\0\0\0")).containsExactly("VLLM::EngineCore");
        assertThat(read("postgres: writer      ")).containsExactly("postgres: writer");
    }

    @Test
    void kernelThreadAndZombieHaveNone() {
        assertThat(read("")).isEmpty();
        assertThat(read("\0\0\0")).isEmpty();
    }

    @Test
    void argumentThatWasCutIsLeftOut() {
        byte[] bytes = new byte[ArgumentVector.MOST_BYTES];
        Arrays.fill(bytes, (byte) 'x');
        bytes[4] = 0;

        assertThat(ArgumentVector.read(bytes, bytes.length)).containsExactly("xxxx");
    }

    @Test
    void lineThatJustFitsKeepsItsLastArgument() {
        byte[] bytes = new byte[ArgumentVector.MOST_BYTES];
        Arrays.fill(bytes, (byte) 'x');
        bytes[4] = 0;
        bytes[bytes.length - 1] = 0;

        assertThat(ArgumentVector.read(bytes, bytes.length)).hasSize(2);
    }

    @Test
    void argumentsAreBounded() {
        byte[] bytes = "a\0".repeat(30_000).getBytes(StandardCharsets.UTF_8);

        assertThat(ArgumentVector.read(bytes, bytes.length)).hasSize(ArgumentVector.MOST_ARGUMENTS);
    }

    private static List<String> read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ArgumentVector.read(bytes, bytes.length);
    }
}
