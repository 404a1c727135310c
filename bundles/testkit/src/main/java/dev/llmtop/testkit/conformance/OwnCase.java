// SPDX-License-Identifier: MIT
package dev.llmtop.testkit.conformance;

import dev.llmtop.spi.Match;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.AdapterCase;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.TestedAdapter;
import java.util.List;

/** One recorded case of the adapter's own engine. */
final class OwnCase {
    private OwnCase() {}

    static void check(AdapterCase own, TestedAdapter tested) {
        if (!own.expectation().json().has("match")) {
            claimed(own, tested);
        }
        try (EngineServer server = own.folder().start()) {
            new Checks(tested)
                    .coversAll(
                            tested.hinted(server.endpoint(), argv(own).isEmpty() ? List.of(tested.kind()) : argv(own)),
                            tested.probe(server, argv(own)));
            server.assertOnly(tested.paths());
        }
        own.checkMatch();
        own.checkDescription();
        own.checkReading();
        own.checkStep();
    }

    /** Nobody said how sure it is: then sure enough to be shown as this kind. */
    private static void claimed(AdapterCase own, TestedAdapter tested) {
        try (EngineServer server = own.folder().start()) {
            Match match =
                    tested.adapter().detect(TestedAdapter.stranger(server.endpoint()), tested.probe(server, argv(own)));
            if (match.strength().compareTo(Strength.DISTINCTIVE) < 0) {
                throw new AssertionError("its own answers in " + own + " are no more than " + match
                        + "; an expected.json with \"match\" may say that this is right");
            }
        }
    }

    private static List<String> argv(AdapterCase own) {
        return own.folder().argv().orElse(List.of());
    }
}
