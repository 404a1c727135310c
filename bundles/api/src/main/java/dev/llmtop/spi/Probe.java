// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import dev.llmtop.model.Value;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The only way to an engine: GET, declared paths, within deadlines and caps. Everything that can go wrong is a result with a reason.
 */
@ProviderType
public interface Probe {
    /** Asks, or takes an answer no older than the request allows. An undeclared path is {@code NOT_SAFE} and never leaves. */
    Answer get(Get request);

    /** Asks anew and reads the body of a 200 in one pass without holding it; for metrics pages. */
    <T> Streamed<T> stream(Get request, BodyReader<T> reader);

    /** Processes of the engine's tree that listen by themselves. */
    List<Member> members();

    /** A probe to a member; only {@link EngineType#memberPaths} are allowed there. */
    Probe of(Member member);

    /**
     * The text of a file that the process's own command line names, at most 1 MiB.
     *
     * @param option such as {@code --config}
     */
    Value<String> file(String option);
}
