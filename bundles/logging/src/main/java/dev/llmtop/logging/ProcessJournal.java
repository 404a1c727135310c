// SPDX-License-Identifier: MIT
package dev.llmtop.logging;

/** The journal of this process. The file is opened at the first line, not before. */
final class ProcessJournal {
    private static final long MOST_BYTES = 1 << 20;
    private static final int FILES = 3;

    /** The property, of the system or the framework, that turns on debug before any configuration can. */
    private static final String DEBUG = "llmtop.debug";

    private ProcessJournal() {}

    static Journal get() {
        return Holder.JOURNAL;
    }

    private static final class Holder {
        static final Journal JOURNAL = new Journal(
                LogPlace.of(System::getenv).map(path -> new RotatedFile(path, MOST_BYTES, FILES)),
                line -> System.err.println(line),
                Boolean.getBoolean(DEBUG));

        private Holder() {}
    }
}
