// SPDX-License-Identifier: MIT
package dev.llmtop.rates.planted;

import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pure code that logs and knows the framework: the rules are tried on this class. Never runs. */
final class PlantedRates {
    private static final Logger LOG = LoggerFactory.getLogger(PlantedRates.class);

    private PlantedRates() {}

    static void log(BundleContext context) {
        LOG.info("{}", context.getServiceReference("org.example.Service"));
    }
}
