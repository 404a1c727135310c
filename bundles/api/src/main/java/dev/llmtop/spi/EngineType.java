// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The identity of an {@link EngineAdapter}, as properties of its service: what it recognizes by, and which requests it may send.
 * The same as a capability {@code llmtop.adapter} of the bundle, so that a resolver and the shell see it.
 */
@ComponentPropertyType
@Capability(namespace = "llmtop.adapter", name = "${#kind}")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface EngineType {
    /** Of every property made from this annotation. */
    String PREFIX_ = "llmtop.";

    /** The adapter's id, {@code [a-z][a-z0-9]*}; of two adapters with one kind the higher {@code service.ranking} works. */
    @Attribute("kind")
    String kind();

    /** The product's name for a person. */
    String title();

    /** Its usual ports: a listener there may be asked this adapter's paths. */
    int[] ports() default {};

    /**
     * How its processes look, matched against an argument vector, never against a joined line: {@code exe:llama-server} (the
     * program's file name), {@code module:vllm.entrypoints.openai.api_server} ({@code python -m}), {@code script:vllm serve} (a
     * script or program of that file name, followed by these words), {@code title:VLLM::} (a process title that begins so; such
     * a process is a part of an engine and is never asked).
     */
    String[] commands() default {};

    /**
     * Every path that it may GET, exactly, query included; {@code {name}} stands for one percent-encoded value. No wildcard. A
     * request to any other path never leaves.
     */
    String[] paths();

    /** The same, for listening processes of the engine's own tree. */
    String[] memberPaths() default {};

    /** What engines below its processes are. */
    Children children() default Children.INSTANCES;

    /** What engines below an engine's processes are. */
    enum Children {
        /** Parts of this engine, such as Ollama's runners. */
        INSTANCES,
        /** Engines of their own, such as those that llama-swap starts. */
        BACKENDS
    }
}
