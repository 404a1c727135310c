// SPDX-License-Identifier: MIT
package dev.llmtop.tui.keep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The file of the settings, {@code tui.properties}; replaced whole, so that no reader ever sees half of it. */
public final class SettingsFile {
    private static final String HEAD =
            "# The view as llmtop's screen last had it. Written by llmtop; R in the screen forgets it.";
    private static final int MOST_BYTES = 65_536;

    private final Path file;

    /** @param file it need not be there, nor its folder */
    public SettingsFile(Path file) {
        this.file = file;
    }

    /** Where it lies by the XDG rules; empty where there is no home. */
    public static Optional<Path> place(Map<String, String> environment) {
        return absolute(environment.getOrDefault("XDG_CONFIG_HOME", ""))
                .or(() -> absolute(environment.getOrDefault("HOME", "")).map(home -> home.resolve(".config")))
                .map(base -> base.resolve("llmtop/tui.properties"));
    }

    private static Optional<Path> absolute(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Its lines; none where there is no such file. */
    public List<String> read() throws IOException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("it is larger than any settings");
            }
            return UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString()
                    .lines()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (CharacterCodingException e) {
            throw new IOException("it is no UTF-8 text", e);
        }
    }

    /** Replaces it; no lines delete it. */
    public void write(List<String> lines) throws IOException {
        if (lines.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Path folder = requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(folder);
        Path fresh = folder.resolve(".tui.properties." + ProcessHandle.current().pid());
        Files.deleteIfExists(fresh);
        OwnerOnly.create(fresh, (HEAD + "\n" + String.join("\n", lines) + "\n").getBytes(UTF_8));
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
    }
}
