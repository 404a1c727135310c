// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import java.util.List;

/**
 * One thing that NVML tells, and the forms of the call in the order in which they are tried: newer drivers have newer ones.
 *
 * @param name its key; each thing of a device has its own
 */
record Getter<T>(String name, Pace pace, List<Form<T>> forms) {
    Getter {
        forms = List.copyOf(forms);
    }

    /** How often it is asked. */
    enum Pace {
        /** With each sample. */
        EACH,
        /** At first, then every few seconds. */
        SELDOM,
        /** It makes its caller wait: between samples, one device at a time. */
        SLOW
    }

    /**
     * One form.
     *
     * @param symbol the function
     * @param label the function, with what it is asked for where it tells several things
     */
    record Form<T>(String symbol, String label, Shape<T> shape) {
        static <T> Form<T> of(String symbol, Shape<T> shape) {
            return new Form<>(symbol, symbol, shape);
        }
    }

    /** One whose forms differ in name only. */
    @SafeVarargs
    static <T> Getter<T> of(String name, Pace pace, Form<T>... forms) {
        return new Getter<>(name, pace, List.of(forms));
    }

    /** One that is asked with each sample and has one form. */
    static <T> Getter<T> each(String symbol, Shape<T> shape) {
        return of(symbol, Pace.EACH, Form.of(symbol, shape));
    }

    /** One that is asked seldom and has one form. */
    static <T> Getter<T> seldom(String symbol, Shape<T> shape) {
        return of(symbol, Pace.SELDOM, Form.of(symbol, shape));
    }

    /** One of several things that the same function tells. */
    static <T> Getter<T> part(Pace pace, String symbol, String what, Shape<T> shape) {
        String label = symbol + "(" + what + ")";
        return of(label, pace, new Form<>(symbol, label, shape));
    }
}
