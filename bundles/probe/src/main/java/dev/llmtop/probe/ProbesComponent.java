// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.agent.Probes;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service through which everything asks engines. */
@Component(name = "dev.llmtop.probe", service = Probes.class)
public final class ProbesComponent implements Probes {
    private static final Logger LOG = LoggerFactory.getLogger(ProbesComponent.class);

    private final HttpProbes probes;

    /** What a user may set. */
    @interface Config {
        /** Milliseconds that a scrape may take in all, 100..60,000; what {@code --timeout} sets. */
        int timeout_ms() default 2_000;

        /** Requests under way at once, 1..256. */
        int connections() default 64;
    }

    /** Starts with the keys that the environment and the user's key file hold. */
    @Activate
    public ProbesComponent(BundleContext bundle, Config config) {
        probes = new HttpProbes(
                bundle.getBundle().getVersion().toString(),
                Duration.ofMillis(Math.max(100, Math.min(60_000, config.timeout_ms()))),
                Math.max(1, Math.min(256, config.connections())),
                System.getenv());
        probes.problems().forEach(problem -> LOG.warn("{}", problem.detail()));
    }

    /** Ends every request that is under way. */
    @Deactivate
    void deactivate() {
        probes.close();
    }

    @Override
    public Probe open(Target target, Permit permit) {
        return probes.open(target, permit);
    }

    @Override
    public void forget(Endpoint endpoint) {
        probes.forget(endpoint);
    }

    @Override
    public void forgetAnswers(Endpoint endpoint) {
        probes.forgetAnswers(endpoint);
    }

    @Override
    public long requestsSent() {
        return probes.requestsSent();
    }

    @Override
    public boolean tls(Endpoint endpoint) {
        return probes.tls(endpoint);
    }

    @Override
    public Duration timeout() {
        return probes.timeout();
    }

    @Override
    public Optional<String> keySource(Endpoint endpoint) {
        return probes.keySource(endpoint);
    }

    @Override
    public List<Problem> problems() {
        return probes.problems();
    }
}
