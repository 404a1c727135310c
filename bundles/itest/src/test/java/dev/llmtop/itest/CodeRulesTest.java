// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link CodeRules} on the classes of what ships and of the testkit, and on classes that break each of them. */
class CodeRulesTest {
    private static JavaClasses code;
    private static JavaClasses planted;

    @BeforeAll
    static void read() throws IOException {
        List<Location> places = new ArrayList<>();
        for (Path jar : Distribution.ours().values()) {
            places.add(Location.of(new JarFile(jar.toFile())));
        }
        places.add(Location.of(new JarFile(Distribution.launcherJar().toFile())));
        places.add(Location.of(Distribution.ROOT.resolve("bundles/testkit/target/classes")));
        // What of others lies inside a bundle keeps rules of its own.
        code = new ClassFileImporter()
                .withImportOption(location -> location.contains("dev/llmtop/"))
                .importLocations(places);
        planted = new ClassFileImporter().importPackages("dev.llmtop.adapter.planted", "dev.llmtop.rates.planted");
    }

    @Test
    void thereIsCodeToCheck() {
        assertThat(code.size()).isGreaterThan(200);
    }

    @ParameterizedTest
    @EnumSource
    void ourCodeKeepsTheRule(CodeRules rule) {
        rule.rule().check(code);
    }

    @ParameterizedTest
    @EnumSource
    void codeThatBreaksTheRuleIsFound(CodeRules rule) {
        assertThat(rule.rule().evaluate(planted).hasViolation()).isTrue();
    }
}
