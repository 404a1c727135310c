// SPDX-License-Identifier: MIT
package dev.llmtop.tui.keep;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a screen and its snapshot into files that are named by date and time. */
public final class Written {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    private static final int MOST_OF_ONE_SECOND = 100;

    private final List<Path> places;

    /** @param places folders, the first that can be written to is taken */
    public Written(List<Path> places) {
        this.places = List.copyOf(places);
    }

    /**
     * Writes them.
     *
     * @param json absent where there is nothing that writes snapshots
     * @return a line that names the files, or says why there are none
     */
    public String write(LocalDateTime now, List<String> screen, Optional<String> json) {
        String trouble = "no folder to write to";
        for (Path place : places) {
            try {
                String name = write(place, "llmtop-" + NAME.format(now), screen, json);
                String where = place.equals(places.get(0)) ? "" : " in " + place + " (" + trouble + ")";
                return "wrote " + name + ".txt"
                        + (json.isPresent() ? " and .json" : "; no snapshot: nothing writes JSON") + where;
            } catch (IOException e) {
                trouble = words(place, e);
            }
        }
        return "not written: " + trouble;
    }

    private static String write(Path place, String name, List<String> screen, Optional<String> json)
            throws IOException {
        for (int number = 1; number <= MOST_OF_ONE_SECOND; number++) {
            String numbered = number == 1 ? name : name + "-" + number;
            Path text = place.resolve(numbered + ".txt");
            Path snapshot = place.resolve(numbered + ".json");
            if (Files.exists(snapshot)) {
                continue;
            }
            try {
                OwnerOnly.create(text, (String.join("\n", screen) + "\n").getBytes(UTF_8));
                if (json.isPresent()) {
                    OwnerOnly.create(snapshot, (json.get() + "\n").getBytes(UTF_8));
                }
                return numbered;
            } catch (FileAlreadyExistsException e) {
                // Somebody wrote in the same second: the next number.
            }
        }
        throw new IOException("too many files of one second");
    }

    private static String words(Path place, IOException e) {
        String name = e.getClass().getSimpleName().replace("Exception", "");
        return e instanceof java.nio.file.FileSystemException
                ? place + ": " + (e instanceof java.nio.file.AccessDeniedException ? "no permission" : reason(e, name))
                : place + ": " + e.getMessage();
    }

    private static String reason(IOException e, String name) {
        String reason = ((java.nio.file.FileSystemException) e).getReason();
        return reason == null ? name : reason;
    }
}
