// SPDX-License-Identifier: MIT
package dev.llmtop.launcher.attach;

import dev.llmtop.launcher.attach.Instances.Instance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Asks an instance that runs already: it has a history, and nothing needs to be started. */
public final class RunningInstance {
    private static final Duration GREETING = Duration.ofMillis(300);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private RunningInstance() {}

    /**
     * The last snapshot of an instance that would see the same; empty where there is none, or none that answers.
     *
     * @param folder of the sockets
     * @param version that it must have
     * @param asked what it must have been asked for
     * @param form as {@link Attachment#snapshot} takes it
     */
    public static Optional<String> snapshot(Path folder, String version, String asked, String form) {
        try {
            for (Instance instance : Instances.in(folder)) {
                Optional<String> text = ask(instance, version, asked, form);
                if (text.isPresent()) {
                    return text;
                }
            }
        } catch (IOException unreadable) {
            // As if there were none.
        }
        return Optional.empty();
    }

    private static Optional<String> ask(Instance instance, String version, String asked, String form) {
        try (Attachment attachment = Attachment.to(instance.socket(), GREETING)) {
            boolean same = attachment.hello().version().equals(version)
                    && attachment.hello().asked().equals(asked);
            return same ? attachment.snapshot(form, ANSWER) : Optional.empty();
        } catch (IOException ended) {
            return Optional.empty();
        }
    }
}
