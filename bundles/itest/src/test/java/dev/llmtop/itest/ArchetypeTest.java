// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.testkit.TestedAdapter;
import dev.llmtop.testkit.conformance.AdapterConformance;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archetype's templates, filled as Maven's archetype plugin fills them. The plugin itself is not run here, since a build that is
 * offline may not have it.
 */
final class ArchetypeTest {
    private static final Path EXAMPLE = Distribution.ROOT.resolve("bundles/examples/acme");

    @TempDir
    private Path folder;

    /** The example was taken from the archetype; whoever changes one changes the other. */
    @Test
    void theExampleIsWhatTheArchetypeYields() throws Exception {
        List<Path> files = FilledArchetype.fill(folder);

        assertThat(files).hasSizeGreaterThanOrEqualTo(7);
        for (Path file : files) {
            assertThat(EXAMPLE.resolve(file)).hasSameTextualContentAs(folder.resolve(file));
        }
    }

    @Test
    void whatItYieldsCompilesAgainstTheReleasedJarsAndPassesTheSuite() throws Throwable {
        FilledArchetype.fill(folder);
        compile();
        URL[] classes = {
            folder.resolve("classes").toUri().toURL(), exposition().toUri().toURL()
        };
        try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
            AdapterConformance theirs = (AdapterConformance) instance(loader);
            AdapterConformance suite = inItsFolder(theirs.tested());
            suite.itsDeclarationIsAccepted();
            suite.itsReadmeSaysWhatTheAdapterDoes();
            List<DynamicTest> tests = Stream.of(
                            suite.identifiesItsOwnCases(),
                            suite.refusesTheAnswersOfOthers(),
                            suite.everyMetricIsKnownOrHasItsReason())
                    .flatMap(each -> each)
                    .toList();
            assertThat(tests).hasSizeGreaterThan(40);
            for (DynamicTest test : tests) {
                test.getExecutable().execute();
            }
        }
    }

    private static Object instance(ClassLoader loader) throws ReflectiveOperationException {
        Constructor<?> constructor =
                loader.loadClass("org.example.llmtop.acme.AcmeConformanceTest").getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private AdapterConformance inItsFolder(TestedAdapter tested) {
        return new FilledSuite(tested, folder.resolve("src/test/resources/cases"), folder.resolve("README.md"));
    }

    private record FilledSuite(TestedAdapter tested, Path cases, Path readme) implements AdapterConformance {}

    private static Path exposition() {
        return Distribution.ours().get("dev.llmtop.exposition");
    }

    private void compile() throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "-proc:none",
                "-d",
                Files.createDirectories(folder.resolve("classes")).toString(),
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + exposition()));
        try (Stream<Path> sources = Files.walk(folder.resolve("src"))) {
            sources.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::toString)
                    .forEach(words::add);
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new)))
                .isZero();
    }
}
