// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;

final class DistributionCheckTest {
    @TempDir
    private Path home;

    private Path bundles;

    @BeforeEach
    void makeFolder() throws IOException {
        bundles = Files.createDirectory(home.resolve("bundles"));
    }

    @Test
    void whatIsProvidedResolves() throws Exception {
        TestJar.write(bundles.resolve("a.jar"), "a", "1.0.0", "Import-Package", "b.api,org.osgi.framework,java.util");
        TestJar.write(bundles.resolve("b.jar"), "b", "1.0.0", "Export-Package", "b.api");
        assertThat(check()).isEmpty();
    }

    @Test
    void aPackageThatNobodyExportsIsNamed() throws Exception {
        TestJar.write(bundles.resolve("a.jar"), "a", "1.0.0", "Import-Package", "b.api,c;resolution:=optional");
        assertThat(check()).containsExactly("a 1.0.0 requires osgi.wiring.package (osgi.wiring.package=b.api)");
    }

    @Test
    void aServiceThatNobodyOffersIsNamed() throws Exception {
        String requirement = "osgi.service;filter:=\"(objectClass=%s)\";effective:=active";
        TestJar.write(
                bundles.resolve("a.jar"),
                "a",
                "1.0.0",
                "Require-Capability",
                requirement.formatted("some.Service") + "," + requirement.formatted("java.util.function.IntConsumer"));
        assertThat(check()).containsExactly("a 1.0.0 requires osgi.service (objectClass=some.Service)");
        TestJar.write(
                bundles.resolve("b.jar"),
                "b",
                "1.0.0",
                "Provide-Capability",
                "osgi.service;objectClass:List<String>=\"some.Service\";effective:=active");
        assertThat(check()).isEmpty();
    }

    @Test
    void aDifferentContentHasADifferentName() throws Exception {
        TestJar.write(bundles.resolve("a.jar"), "a", "1.0.0");
        DistributionList.write(bundles);
        String before = Distribution.at(home).content();
        assertThat(Distribution.at(home).content()).isEqualTo(before);
        TestJar.write(bundles.resolve("a.jar"), "a", "1.0.0", "X", "changed by hand, the list untouched");
        assertThat(Distribution.at(home).content()).isNotEqualTo(before);
    }

    private List<String> check() throws IOException, BundleException {
        DistributionList.write(bundles);
        return DistributionCheck.check(Distribution.at(home), new Messages(System.err));
    }
}
