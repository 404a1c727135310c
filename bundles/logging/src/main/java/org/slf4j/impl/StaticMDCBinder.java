// SPDX-License-Identifier: MIT
package org.slf4j.impl;

import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;

/** Diagnostic contexts are taken and ignored: they could carry anything. */
public final class StaticMDCBinder {
    private static final StaticMDCBinder SINGLETON = new StaticMDCBinder();

    private StaticMDCBinder() {}

    /** The one binder, as slf4j 1.7 asks for it. */
    public static StaticMDCBinder getSingleton() {
        return SINGLETON;
    }

    /** What takes the contexts. */
    public MDCAdapter getMDCA() {
        return new NOPMDCAdapter();
    }

    /** The class of it. */
    public String getMDCAdapterClassStr() {
        return NOPMDCAdapter.class.getName();
    }
}
