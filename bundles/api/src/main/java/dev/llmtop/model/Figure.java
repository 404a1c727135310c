// SPDX-License-Identifier: MIT
package dev.llmtop.model;

/** Something that has a name and a unit in the snapshot: a metric of an engine, of a GPU or of the host. */
public interface Figure {
    /** The name in JSON, with its unit, such as {@code kvCacheUsedRatio}. */
    String jsonName();

    /** The form of its value. */
    Form form();

    /** The Java type of a figure's value. */
    enum Form {
        /** A whole number: {@link Long}. */
        COUNT(Long.class),
        /** A finite number in the unit of the name: {@link Double}. */
        NUMBER(Double.class),
        /** 0..1: {@link Double}. */
        RATIO(Double.class),
        /** {@link String}, cleaned. */
        TEXT(String.class),
        /** {@link Boolean}. */
        FLAG(Boolean.class),
        /** A {@link Distribution}. */
        DISTRIBUTION(Distribution.class),
        /** {@link Parts}: numbers by name. */
        PARTS(Parts.class),
        /** {@link Numbers}: numbers by position. */
        NUMBERS(Numbers.class),
        /** {@link Texts}. */
        TEXTS(Texts.class);

        private final Class<?> type;

        Form(Class<?> type) {
            this.type = type;
        }

        /** The class of every known value of this form. */
        public Class<?> type() {
            return type;
        }
    }
}
