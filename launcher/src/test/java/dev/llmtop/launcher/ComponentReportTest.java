// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

final class ComponentReportTest {
    @TempDir
    private Path folder;

    private Container container;
    private ComponentReport report;

    @BeforeEach
    void start() throws Exception {
        container = Container.create(folder.resolve("cache"), false, Map.of(), new Messages(System.err));
        container.offer(Map.of(), new ExitRequest());
        List<Bundle> bundles = new ArrayList<>();
        for (String type : List.of(
                "org.osgi.util.function.Function",
                "org.osgi.util.promise.Promise",
                "org.osgi.service.component.ComponentContext",
                "org.apache.felix.scr.impl.Activator")) {
            bundles.add(container.context().installBundle(jarOf(type)));
        }
        container.start(bundles);
        report = new ComponentReport(container.context());
    }

    @AfterEach
    void stop() {
        container.stop(Duration.ofSeconds(10));
    }

    @Test
    void aRunningComponentIsNoTrouble() throws Exception {
        component("mode", "java.lang.Object", "");
        assertThat(report.isHopeless("mode")).isFalse();
        assertThat(report.trouble("mode")).isEmpty();
    }

    @Test
    void whatAComponentWaitsForIsNamedDownToTheCause() throws Exception {
        component("mode", "java.lang.Object", "<reference name='agent' interface='java.lang.Runnable'/>");
        component(
                "agent",
                "java.lang.Thread",
                "<service><provide interface='java.lang.Runnable'/></service>"
                        + "<reference name='rates' interface='java.lang.Comparable'/>");
        assertThat(report.isHopeless("mode")).isFalse();
        assertThat(report.trouble("mode")).contains("mode waits for agent; agent waits for rates");
    }

    @Test
    void aComponentThatCannotBeMadeFails() throws Exception {
        component("mode", "java.lang.Math", "");
        assertThat(report.isHopeless("mode")).isTrue();
        assertThat(report.trouble("mode").orElseThrow())
                .startsWith("mode failed: ")
                .doesNotContain("\n");
    }

    @Test
    void aComponentThatNoBundleHasIsHopeless() {
        assertThat(report.isHopeless("mode")).isTrue();
        assertThat(report.trouble("mode")).contains("mode is not there: no running bundle has it");
    }

    private void component(String name, String type, String more) throws Exception {
        String description = "<scr:component xmlns:scr='http://www.osgi.org/xmlns/scr/v1.3.0' name='" + name
                + "' immediate='true'><implementation class='" + type + "'/>" + more + "</scr:component>";
        Path jar = TestJar.writeComponent(folder.resolve(name + ".jar"), name, description);
        container.context().installBundle(jar.toUri().toString()).start();
    }

    private static String jarOf(String type) throws ClassNotFoundException, URISyntaxException {
        return Class.forName(type, false, ComponentReportTest.class.getClassLoader())
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
    }
}
