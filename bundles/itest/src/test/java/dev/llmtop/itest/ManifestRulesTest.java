// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may see what (design, section 3), read from the manifests of what ships. */
class ManifestRulesTest {
    private static final Set<String> OPEN_TO_ADAPTERS =
            Set.of("dev.llmtop.model", "dev.llmtop.spi", "dev.llmtop.exposition");
    private static final Set<String> OF_API = Set.of("dev.llmtop.model", "dev.llmtop.spi", "dev.llmtop.agent");
    private static final Set<String> EXPORTERS =
            Set.of("dev.llmtop.api", "dev.llmtop.exposition", "dev.llmtop.testkit");
    private static final Set<String> SEE_JNA = Set.of("dev.llmtop.host", "dev.llmtop.gpu.nvml", "dev.llmtop.tui");
    private static final Predicate<String> FRONT =
            name -> name.matches("dev\\.llmtop\\.(report|shell|shell\\.remote|tui|exporter)");

    static Stream<String> all() {
        return Distribution.ours().keySet().stream();
    }

    static Stream<String> adapters() {
        return all().filter(ManifestRulesTest::isAdapter);
    }

    static Stream<String> fronts() {
        return all().filter(FRONT);
    }

    private static boolean isAdapter(String name) {
        return name.startsWith("dev.llmtop.adapter.");
    }

    private static Set<String> imports(String bundle) {
        return Distribution.packages(Distribution.ours().get(bundle), "Import-Package");
    }

    private static Set<String> exports(String bundle) {
        return Distribution.packages(Distribution.ours().get(bundle), "Export-Package");
    }

    @Test
    void theWholeHouseIsThere() {
        assertThat(Distribution.ours().keySet())
                .contains(
                        "dev.llmtop.adapter.ollama",
                        "dev.llmtop.adapter.openai",
                        "dev.llmtop.adapter.unknown",
                        "dev.llmtop.adapter.vllm",
                        "dev.llmtop.api",
                        "dev.llmtop.discovery",
                        "dev.llmtop.exposition",
                        "dev.llmtop.host",
                        "dev.llmtop.logging",
                        "dev.llmtop.monitor",
                        "dev.llmtop.probe",
                        "dev.llmtop.rates",
                        "dev.llmtop.report",
                        "dev.llmtop.shell")
                .doesNotContain("dev.llmtop.testkit", "dev.llmtop.itest");
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void anAdapterSeesModelSpiExpositionAndJsonNodesAndNothingElse(String adapter) {
        assertThat(imports(adapter))
                .allMatch(name -> OPEN_TO_ADAPTERS.contains(name) || name.startsWith("com.fasterxml.jackson.databind"));
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void anAdapterSaysItsKindToTheResolver(String adapter) {
        assertThat(Distribution.header(Distribution.ours().get(adapter), "Provide-Capability"))
                .contains("llmtop.adapter")
                .contains("kind");
    }

    @ParameterizedTest
    @MethodSource("fronts")
    void aFrontSeesOnlyTheApiAndLibraries(String front) {
        assertThat(imports(front))
                .filteredOn(name -> name.startsWith("dev.llmtop."))
                .allMatch(OF_API::contains);
    }

    @ParameterizedTest
    @MethodSource("all")
    void nobodyImportsAnAdapter(String bundle) {
        assertThat(imports(bundle)).noneMatch(ManifestRulesTest::isAdapter);
    }

    @ParameterizedTest
    @MethodSource("all")
    void onlyTheContractsAreExported(String bundle) {
        if (EXPORTERS.contains(bundle)) {
            assertThat(exports(bundle)).isNotEmpty().allMatch(name -> name.startsWith("dev.llmtop."));
        } else if (bundle.equals("dev.llmtop.logging")) {
            // The way in which slf4j 1.7 finds where it logs to.
            assertThat(exports(bundle)).isSubsetOf(Set.of("org.slf4j.impl"));
        } else {
            assertThat(exports(bundle)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void nativeCodeIsSeenByFew(String bundle) {
        if (!SEE_JNA.contains(bundle)) {
            assertThat(imports(bundle)).noneMatch(name -> name.startsWith("com.sun.jna"));
        }
        if (!bundle.equals("dev.llmtop.host")) {
            assertThat(imports(bundle)).noneMatch(name -> name.startsWith("oshi"));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void bundlesAreWiredByPackagesAndComponentsOnly(String bundle) {
        Path jar = Distribution.ours().get(bundle);

        assertThat(Distribution.header(jar, "Require-Bundle")).isEmpty();
        assertThat(Distribution.header(jar, "DynamicImport-Package")).isEmpty();
        assertThat(Distribution.header(jar, "Bundle-Activator")).isEmpty();
    }
}
