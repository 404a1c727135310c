// SPDX-License-Identifier: MIT
package dev.llmtop.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    private static final String THREE =
            PlainReader.document(0) + "\n" + PlainReader.document(1_000) + "\n" + PlainReader.document(2_000) + "\n";

    @TempDir
    Path folder;

    @Test
    void aFileIsReadWhereItLies() throws IOException {
        try (Recording recording = indexed(file(THREE.getBytes(StandardCharsets.UTF_8)))) {
            assertThat(recording.tape().size()).isEqualTo(3);
            assertThat(recording.tape().length()).hasSeconds(2);
            assertThat(PlainReader.millis(recording.snapshot(1).known().orElseThrow()))
                    .isEqualTo(1_000);
            assertThat(recording.problem()).isEmpty();
            assertThat(recording.whole()).isTrue();
        }
    }

    @Test
    void aCompressedOneIsTheSameWhateverItsName() throws IOException {
        try (Recording recording = indexed(file(compressed(THREE)))) {
            assertThat(recording.tape().size()).isEqualTo(3);
            assertThat(PlainReader.millis(recording.snapshot(2).known().orElseThrow()))
                    .isEqualTo(2_000);
        }
        try (Recording piped = Recording.of(new ByteArrayInputStream(compressed(THREE)), new PlainReader())) {
            piped.index();
            assertThat(PlainReader.millis(piped.snapshot(2).known().orElseThrow()))
                    .isEqualTo(2_000);
        }
    }

    @Test
    void aPipeIsCopiedAndLeavesNothingBehind() throws IOException {
        try (Recording recording =
                Recording.of(new ByteArrayInputStream(THREE.getBytes(StandardCharsets.UTF_8)), new PlainReader())) {
            recording.index();
            assertThat(PlainReader.millis(recording.snapshot(0).known().orElseThrow()))
                    .isZero();
            try (var left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
                assertThat(left.filter(path -> path.getFileName().toString().startsWith("llmtop-replay-")))
                        .isEmpty();
            }
        }
    }

    @Test
    void aTornLastLineIsLeftOutAndSaidSo() throws IOException {
        try (Recording recording = indexed(file((THREE + "{\"at\":3000").getBytes(StandardCharsets.UTF_8)))) {
            assertThat(recording.tape().size()).isEqualTo(3);
            assertThat(recording.problem()).isEqualTo("line 4 is left out: it breaks off");
        }
    }

    @Test
    void aCompressedOneThatBreaksOffKeepsWhatIsBefore() throws IOException {
        StringBuilder many = new StringBuilder();
        for (int at = 0; at < 50_000; at++) {
            many.append(PlainReader.document(at * 7_919L)).append('\n');
        }
        byte[] whole = compressed(many.toString());
        try (Recording recording = indexed(file(Arrays.copyOf(whole, whole.length / 2)))) {
            assertThat(recording.tape().size()).isGreaterThan(1_000);
            assertThat(recording.problem()).contains("breaks off");
        }
    }

    @Test
    void aBadLineInTheMiddleCostsItself() throws IOException {
        try (Recording recording = indexed(file(("\n" + "what?\n" + THREE).getBytes(StandardCharsets.UTF_8)))) {
            assertThat(recording.tape().size()).isEqualTo(3);
            assertThat(recording.tape().line(0)).isEqualTo(3);
            assertThat(recording.problem()).isEqualTo("line 2 is left out: it is no JSON object");
        }
    }

    @Test
    void noEndOfRubbishIsReadForEver() throws IOException {
        byte[] rubbish = "y\n".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
        ByteArrayInputStream in = new ByteArrayInputStream(rubbish);
        try (Recording recording = Recording.of(in, new PlainReader())) {
            recording.index();
            assertThat(recording.tape().size()).isZero();
            assertThat(in.available()).isGreaterThan(rubbish.length / 2);
        }
    }

    private Recording indexed(Path file) throws IOException {
        Recording recording = Recording.of(file, new PlainReader());
        recording.index();
        return recording;
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("recording"), content);
    }

    private static byte[] compressed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
