// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** The folder with File Install itself, in a real framework. */
final class DropInTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Messages messages = new Messages(new PrintStream(said, true, StandardCharsets.UTF_8));

    @TempDir
    private Path folder;

    private Path kept;
    private Container container;

    @BeforeEach
    void start() throws Exception {
        kept = Files.createDirectory(folder.resolve("kept"));
        Path storage = folder.resolve("felix");
        container = Container.create(storage, false, DropIn.settings(kept, folder.resolve("watch")), messages);
        UserBundles users = new UserBundles(new KeptBundles(kept, messages), storage, container.context(), messages);
        container.context().addBundleListener(users);
        Bundle fileInstall;
        try (InputStream in = Files.newInputStream(fileInstall())) {
            fileInstall = container.context().installBundle(Distribution.LOCATION + "fileinstall", in);
        }
        DropIn.offer(container.context(), fileInstall, users);
        container.start(List.of(fileInstall));
    }

    @AfterEach
    void stop() {
        container.stop(Duration.ofSeconds(10));
    }

    @Test
    void aJarIsInstalledReplacedAndRemoved() throws Exception {
        Path jar = kept.resolve("mine.jar");
        put(jar, "1.0.0");
        await().atMost(LIMIT).until(() -> find().map(Bundle::getState).orElse(0) == Bundle.ACTIVE);
        assertThat(find().orElseThrow().getLocation()).isEqualTo(jar.toUri().toString());

        put(jar, "1.1.0");
        await().atMost(LIMIT)
                .until(() -> find().orElseThrow().getVersion().toString().equals("1.1.0"));
        assertThat(find().orElseThrow().getState()).isEqualTo(Bundle.ACTIVE);

        Files.delete(jar);
        await().atMost(LIMIT).until(() -> find().isEmpty());
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /** Each whole at once, as a careful copy does. */
    private void put(Path jar, String version) throws IOException {
        Path part = TestJar.write(folder.resolve("part"), "x", version);
        Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private Optional<Bundle> find() {
        return Arrays.stream(container.context().getBundles())
                .filter(bundle -> "x".equals(bundle.getSymbolicName()))
                .findFirst();
    }

    private static Path fileInstall() throws Exception {
        return Path.of(Class.forName("org.apache.felix.fileinstall.ArtifactListener")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
