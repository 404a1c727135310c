// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static dev.llmtop.itest.Container.engine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.testkit.EngineProcess;
import dev.llmtop.testkit.FakeVllm;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** An adapter comes, is updated and goes, again and again while ticks run: nothing of it stays. {@code -Drounds=200} for all. */
class RoundsTest {
    private static final int ROUNDS = Integer.getInteger("rounds", 20);
    private static final int WARM_UP = 10;

    /** Of noise: the history of a minute fills meanwhile, and rare code is loaded for the first time. */
    private static final long MOST_GROWTH_BYTES = 8L << 20;

    /**
     * What the framework keeps of each bundle that had a component, without its classes: in 7.0.5 the use of ConfigurationAdmin that SCR
     * made in the bundle's name stays in the registry with a count of 0, and with it the index of the jar.
     */
    private static final long RECORD_BYTES = 64L << 10;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    private EngineProcess outsider;
    private Container container;

    /**
     * What the process holds.
     *
     * @param heap bytes after a collection
     * @param metaspace bytes
     */
    private record Held(long heap, long metaspace, int classes, int threads, int services) {}

    @Test
    void nothingStaysOfAnAdapterThatCameAndWent() throws Exception {
        try (EngineProcess vllm =
                        EngineProcess.unnamed(directory, FakeVllm.class, "tiny-model", Map.of(FakeVllm.SPEED, "1000"));
                EngineProcess engine =
                        EngineProcess.unnamed(directory, OutsiderEngine.class, "outside-model", Map.of())) {
            outsider = engine;
            OutsiderBundle.write(directory.resolve("1.jar"), 1);
            OutsiderBundle.write(directory.resolve("2.jar"), 2);
            try (Container started = Container.start(directory)) {
                container = started;
                container.configure("dev.llmtop.monitor", Map.of("interval.ms", 200L, "gpu", false));
                container.configure("dev.llmtop.discovery", Map.of("ports", new int[] {vllm.port(), outsider.port()}));
                rounds(WARM_UP);
                Held before = held();
                rounds(ROUNDS);
                await().atMost(LIMIT).untilAsserted(() -> {
                    System.gc();
                    assertThat(loaders).allMatch(loader -> loader.get() == null);
                });
                Held after = held();
                System.out.println(ROUNDS + " rounds: " + before + " -> " + after);
                assertThat(threads()).noneMatch(name -> name.contains("outsider"));
                assertThat(after.services()).isEqualTo(before.services());
                assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 2);
                assertThat(after.heap() - before.heap()).isLessThan(MOST_GROWTH_BYTES + ROUNDS * RECORD_BYTES);
                assertThat(after.metaspace() - before.metaspace()).isLessThan(MOST_GROWTH_BYTES);
            }
        }
    }

    private void rounds(int count) throws Exception {
        for (int round = 0; round < count; round++) {
            try (Snapshots snapshots = container.listen()) {
                Bundle bundle = install("1.jar");
                bundle.start();
                awaitTitle(snapshots, "Outsider");
                remember(bundle);
                try (InputStream next = Files.newInputStream(directory.resolve("2.jar"))) {
                    bundle.update(next);
                }
                awaitTitle(snapshots, "Outsider Two");
                remember(bundle);
                int mark = snapshots.count();
                bundle.uninstall();
                snapshots.await("back", mark, snapshot -> title(snapshot).contains("OpenAI"));
            }
        }
    }

    private Bundle install(String jar) throws Exception {
        try (InputStream in = Files.newInputStream(directory.resolve(jar))) {
            return container.context().installBundle("outsider", in);
        }
    }

    private void remember(Bundle bundle) {
        loaders.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
    }

    private void awaitTitle(Snapshots snapshots, String title) {
        int mark = snapshots.count();
        snapshots.await(title, mark, snapshot -> title(snapshot).equals(title));
    }

    private String title(JsonNode snapshot) {
        return engine(snapshot, outsider.id()).path("title").asText();
    }

    private Held held() throws Exception {
        System.gc();
        System.gc();
        long metaspace = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
        return new Held(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                metaspace,
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                // The program's own pools breathe.
                (int) threads().stream()
                        .filter(name -> !name.startsWith("llmtop-"))
                        .count(),
                container.context().getAllServiceReferences((String) null, null).length);
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }
}
