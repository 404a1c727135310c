// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows one kind of engine. Stateless: it is called by several threads, for several engines at once, and may be replaced at any
 * moment. It reads answers and says what they mean; it opens no socket and no file, starts no thread, and logs nothing.
 *
 * <p>The caller owns all limits: deadlines, cadence, caches, keys. A call that takes longer than the caller waits is abandoned and
 * interrupted; an exception costs this adapter this call and is named in the snapshot's problems.
 */
@ConsumerType
public interface EngineAdapter {
    /**
     * Whether the candidate is an engine of this kind. A first contact may only have been asked harmless paths: what has not been
     * asked is answered by {@link Answer.Failed} with {@code NOT_SAFE}.
     *
     * @return {@link Match#none()} where it is not
     */
    Match detect(Candidate candidate, Probe probe);

    /** What it serves and how it is configured. Called at first sight, when its fingerprint changed, and every 30 s. */
    Description describe(Engine engine, Probe probe);

    /** Its raw figures now. Called at every tick. */
    Reading metrics(Engine engine, Probe probe);
}
