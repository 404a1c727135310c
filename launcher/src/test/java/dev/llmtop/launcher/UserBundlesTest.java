// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

final class UserBundlesTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Messages messages = new Messages(new PrintStream(said, true, StandardCharsets.UTF_8));

    @TempDir
    private Path folder;

    private Container container;

    @AfterEach
    void stop() {
        if (container != null) {
            container.stop(Duration.ofSeconds(10));
        }
    }

    @Test
    void anInstalledBundleSurvivesTheLossOfTheCache() throws Exception {
        BundleContext context = start("one");
        Bundle bundle = context.installBundle(jar("1.0.0").toUri().toString());
        bundle.start();
        Files.delete(folder.resolve("x.jar"));

        Bundle again = find(start("two"), "x");
        assertThat(again.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(again.getLocation()).isEqualTo(bundle.getLocation());
        assertThat(said()).isEmpty();
    }

    @Test
    void aStoppedBundleComesBackStopped() throws Exception {
        Bundle bundle = start("one").installBundle(jar("1.0.0").toUri().toString());
        bundle.start();
        bundle.stop();
        assertThat(find(start("two"), "x").getState()).isNotEqualTo(Bundle.ACTIVE);
    }

    @Test
    void anUpdateReplacesTheCopyAndAnUninstallRemovesIt() throws Exception {
        BundleContext context = start("one");
        Bundle bundle = context.installBundle(jar("1.0.0").toUri().toString());
        jar("1.1.0");
        bundle.update();
        assertThat(kept()).containsExactly("x-1.1.0.jar", "x-1.1.0.jar.properties");
        assertThat(find(start("two"), "x").getVersion()).hasToString("1.1.0");

        find(container.context(), "x").uninstall();
        assertThat(kept()).isEmpty();
    }

    @Test
    void aReusedCacheFollowsTheFolder() throws Exception {
        BundleContext context = start("one");
        context.installBundle(jar("1.0.0").toUri().toString()).start();
        stop();
        // What another instance did meanwhile.
        TestJar.write(folder.resolve("kept/x-1.0.0.jar"), "x", "2.0.0");
        assertThat(find(start("one"), "x").getVersion()).hasToString("2.0.0");
        stop();
        Files.delete(folder.resolve("kept/x-1.0.0.jar"));
        assertThat(start("one").getBundles()).hasSize(1);
    }

    @Test
    void aJarPutIntoTheFolderByHandIsStarted() throws Exception {
        Files.createDirectories(folder.resolve("kept"));
        TestJar.write(folder.resolve("kept/mine.jar"), "mine", "1.0.0");
        assertThat(find(start("one"), "mine").getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void whatCannotBeInstalledOrStartedIsOneLineAndStopsNothing() throws Exception {
        Path kept = Files.createDirectories(folder.resolve("kept"));
        TestJar.write(kept.resolve("a.jar"), "a", "1.0.0", "Import-Package", "no.such.thing");
        TestJar.write(kept.resolve("b.jar"), "b", "1.0.0");
        TestJar.write(kept.resolve("twin.jar"), "b", "1.0.0");
        Files.writeString(kept.resolve("c.jar"), "no jar at all");
        TestJar.write(kept.resolve("d.jar"), "d", "1.0.0");

        assertThat(find(start("one"), "d").getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(said().lines().toList())
                .hasSize(3)
                .anyMatch(line -> line.contains("b 1.0.0")
                        || line.endsWith("the same bundle in the same version is" + " already there"))
                .anyMatch(line -> line.startsWith("llmtop: " + kept.resolve("c.jar") + " is not installed: "))
                .contains("llmtop: bundle a 1.0.0 cannot start: nothing provides package no.such.thing");
    }

    private BundleContext start(String cache) throws IOException, BundleException {
        stop();
        Path storage = folder.resolve(cache);
        container = Container.create(storage, false, messages);
        UserBundles users = new UserBundles(folder.resolve("kept"), storage, messages);
        List<Bundle> toStart = users.restore(container.context());
        container.context().addBundleListener(users);
        container.start(List.of());
        toStart.forEach(container::startForGood);
        return container.context();
    }

    private Path jar(String version) throws IOException {
        return TestJar.write(folder.resolve("x.jar"), "x", version);
    }

    private static Bundle find(BundleContext context, String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> kept() throws IOException {
        try (var files = Files.list(folder.resolve("kept"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
