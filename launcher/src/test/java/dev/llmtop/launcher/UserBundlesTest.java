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
import java.util.Map;
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
    private UserBundles users;

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
                .contains("llmtop: " + kept.resolve("twin.jar") + " is not installed: b 1.0.0 is already there, from "
                        + kept.resolve("b.jar"))
                .anyMatch(line -> line.startsWith("llmtop: " + kept.resolve("c.jar") + " is not installed: "))
                .contains("llmtop: bundle a 1.0.0 cannot start: nothing provides package no.such.thing");
    }

    @Test
    void aFileIsFollowedFromItsComingToItsGoing() throws Exception {
        BundleContext context = start("one");
        drop("mine.jar", "x", "1.0.0");
        assertThat(find(context, "x").getState()).isEqualTo(Bundle.ACTIVE);

        drop("mine.jar", "x", "1.1.0");
        assertThat(find(context, "x").getVersion()).hasToString("1.1.0");
        assertThat(find(context, "x").getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(kept()).as("the file is the truth: no copy, no note").containsExactly("mine.jar");

        Files.delete(folder.resolve("kept/mine.jar"));
        users.follow("mine.jar");
        assertThat(context.getBundles()).hasSize(1);
        assertThat(kept()).isEmpty();
        assertThat(said()).isEmpty();
    }

    @Test
    void aDroppedBundleKeepsItsFileThroughCommandsAndRestarts() throws Exception {
        start("one");
        drop("mine.jar", "x", "1.0.0");
        find(container.context(), "x").stop();
        assertThat(find(start("one"), "x").getState()).isNotEqualTo(Bundle.ACTIVE);
        find(container.context(), "x").start();
        Bundle upgraded = find(start("after an upgrade of the program"), "x");
        assertThat(upgraded.getState()).isEqualTo(Bundle.ACTIVE);

        jar("1.2.0");
        try (var in = Files.newInputStream(folder.resolve("x.jar"))) {
            upgraded.update(in);
        }
        assertThat(kept()).containsExactly("mine.jar");
        assertThat(find(start("two"), "x").getVersion()).hasToString("1.2.0");
        find(container.context(), "x").uninstall();
        assertThat(kept()).isEmpty();
        assertThat(start("two").getBundles()).hasSize(1);
    }

    @Test
    void oneBundleByTwoWaysIsOneBundleAndOneLineAndTheSecondTakesOver() throws Exception {
        BundleContext context = start("one");
        context.installBundle(jar("1.0.0").toUri().toString()).start();
        drop("mine.jar", "x", "1.0.0");
        users.follow("mine.jar");
        String line = "llmtop: " + folder.resolve("kept/mine.jar")
                + " is not installed: x 1.0.0 is already there, from " + folder.resolve("kept/x-1.0.0.jar") + "\n";
        assertThat(context.getBundles()).hasSize(2);
        assertThat(said()).isEqualTo(line);

        assertThat(start("one").getBundles()).hasSize(2);
        Files.delete(folder.resolve("kept/x-1.0.0.jar"));
        users.follow("x-1.0.0.jar");
        assertThat(find(container.context(), "x").getLocation())
                .isEqualTo(folder.resolve("kept/mine.jar").toUri().toString());
        assertThat(find(container.context(), "x").getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void aFileOfTheFolderThatACommandInstallsIsNotCopied() throws Exception {
        BundleContext context = start("one");
        Path jar = TestJar.write(Files.createDirectories(folder.resolve("kept")).resolve("mine.jar"), "x", "1.0.0");
        context.installBundle("file:" + jar).start();
        users.follow("mine.jar");

        assertThat(context.getBundles()).hasSize(2);
        assertThat(kept()).contains("mine.jar").doesNotContain("x-1.0.0.jar");
        assertThat(start("two").getBundles()).hasSize(2);
        assertThat(said()).isEmpty();
    }

    @Test
    void whatAnotherInstanceUpdatedOrTookAwayIsFollowed() throws Exception {
        BundleContext context = start("one");
        context.installBundle(jar("1.0.0").toUri().toString()).start();
        Path old = folder.resolve("kept/x-1.0.0.jar");
        UserBundle next = new UserBundle(
                folder.resolve("kept/x-2.0.0.jar"), UserBundle.of(old).location(), true);
        next.save(jar("2.0.0"));
        UserBundle.of(old).forget();
        users.follow("x-1.0.0.jar");
        users.follow("x-2.0.0.jar");
        assertThat(context.getBundles()).hasSize(2);
        assertThat(find(context, "x").getVersion()).hasToString("2.0.0");

        next.forget();
        users.follow("x-2.0.0.jar");
        assertThat(context.getBundles()).hasSize(1);
    }

    @Test
    void whatLacksAPackageSaysSoOnceAndStartsWhenThePackageComes() throws Exception {
        BundleContext context = start("one");
        drop("a.jar", "a", "1.0.0", "Import-Package", "no.such.thing");
        drop("other.jar", "other", "1.0.0");
        assertThat(find(context, "other").getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(said()).isEqualTo("llmtop: bundle a 1.0.0 cannot start: nothing provides package no.such.thing\n");

        drop("b.jar", "b", "1.0.0", "Export-Package", "no.such.thing");
        assertThat(find(context, "a").getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void aHalfCopiedJarIsInstalledOnceItIsWhole() throws Exception {
        BundleContext context = start("one");
        byte[] whole = Files.readAllBytes(jar("1.0.0"));
        Path jar = Files.createDirectories(folder.resolve("kept")).resolve("mine.jar");
        Files.write(jar, Arrays.copyOf(whole, whole.length / 2));
        users.follow("mine.jar");
        assertThat(said()).isEqualTo("llmtop: " + jar + " is not installed: it is no jar, or not all of one\n");
        Files.write(jar, whole);
        users.follow("mine.jar");
        assertThat(find(context, "x").getState()).isEqualTo(Bundle.ACTIVE);
    }

    private void drop(String file, String name, String version, String... headers) throws IOException {
        TestJar.write(Files.createDirectories(folder.resolve("kept")).resolve(file), name, version, headers);
        users.follow(file);
    }

    private BundleContext start(String cache) throws IOException, BundleException {
        stop();
        Path storage = folder.resolve(cache);
        container = Container.create(storage, false, Map.of(), messages);
        users = new UserBundles(
                new KeptBundles(folder.resolve("kept"), messages), storage, container.context(), messages);
        List<Bundle> toStart = users.restore();
        container.context().addBundleListener(users);
        container.start(List.of());
        toStart.forEach(users::start);
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
