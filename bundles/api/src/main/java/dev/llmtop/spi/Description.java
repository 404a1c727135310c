// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import dev.llmtop.model.EngineSnapshot.RemoteBackend;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.State;
import dev.llmtop.model.Text;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an engine serves and how it is configured. Immutable. */
public final class Description {
    private final Value<String> version;
    private final Role role;
    private final Optional<State> state;
    private final List<ServedModel> models;
    private final Map<String, Object> config;
    private final List<String> backendUrls;
    private final Map<String, String> backendSources;
    private final List<RemoteBackend> remoteBackends;
    private final Figures<Metric> figures;
    private final Map<String, Value.Unavailable<?>> unavailable;

    private Description(Builder builder) {
        version = builder.version;
        role = builder.role;
        state = builder.state;
        models = List.copyOf(builder.models);
        config = Map.copyOf(builder.config);
        backendUrls = List.copyOf(builder.backendUrls);
        backendSources = Map.copyOf(builder.backendSources);
        remoteBackends = List.copyOf(builder.remoteBackends);
        figures = builder.figures.build();
        unavailable = Map.copyOf(builder.unavailable);
    }

    /** An empty description: an engine of unknown version that serves no known model. */
    public static Builder builder() {
        return new Builder();
    }

    /** The engine's version. */
    public Value<String> version() {
        return version;
    }

    /** ENGINE unless said otherwise. */
    public Role role() {
        return role;
    }

    /** The state that the answers show; empty where they show none. */
    public Optional<State> state() {
        return state;
    }

    /** Its models in the engine's own order. */
    public List<ServedModel> models() {
        return models;
    }

    /** Settings that a person wants to see, in camel case: Long, Double, Boolean or cleaned String. */
    public Map<String, Object> config() {
        return config;
    }

    /** URLs or {@code host:port} of what stands behind a router. */
    public List<String> backendUrls() {
        return backendUrls;
    }

    /** Where an entry of {@link #backendUrls} was read, by that entry; absent where the adapter does not say. */
    public Map<String, String> backendSources() {
        return backendSources;
    }

    /** Backends that are not on this machine. */
    public List<RemoteBackend> remoteBackends() {
        return remoteBackends;
    }

    /** Figures that the configuration says, such as {@link Metric#SLOTS}; a figure of a {@link Reading} replaces them. */
    public Figures<Metric> figures() {
        return figures;
    }

    /** What could not be found out, by path: {@code models}, {@code version}, {@code config.tensorParallel}. */
    public Map<String, Value.Unavailable<?>> unavailable() {
        return unavailable;
    }

    /** Builds a {@link Description}; text is cleaned. Not safe for several threads. */
    public static final class Builder {
        private Value<String> version = Value.unavailable(Reason.NOT_EXPORTED, "this engine does not tell its version");
        private Role role = Role.ENGINE;
        private Optional<State> state = Optional.empty();
        private final List<ServedModel> models = new ArrayList<>();
        private final Map<String, Object> config = new LinkedHashMap<>();
        private final List<String> backendUrls = new ArrayList<>();
        private final Map<String, String> backendSources = new LinkedHashMap<>();
        private final List<RemoteBackend> remoteBackends = new ArrayList<>();
        private final Figures.Builder<Metric> figures = Figures.of(Metric.class);
        private final Map<String, Value.Unavailable<?>> unavailable = new LinkedHashMap<>();

        private Builder() {}

        /** The engine's version, or why it is not known. */
        public Builder version(Value<String> known) {
            version = known.map(Text::clean);
            return this;
        }

        /** The engine's version. */
        public Builder version(String known) {
            return version(Value.of(known));
        }

        /** What part it plays. */
        public Builder role(Role played) {
            role = played;
            return this;
        }

        /** The state that the answers show. */
        public Builder state(State shown) {
            state = Optional.of(shown);
            return this;
        }

        /** One model that it serves or could serve. */
        public Builder model(ServedModel model) {
            models.add(model);
            return this;
        }

        /** A setting: Long, Integer, Double, Boolean, or anything else as cleaned text. */
        public Builder config(String name, Object value) {
            Object kept = value instanceof Integer number
                    ? (Object) number.longValue()
                    : value instanceof Long || value instanceof Double || value instanceof Boolean
                            ? value
                            : Text.clean(value.toString());
            config.put(name, kept);
            return this;
        }

        /** A backend's URL or {@code host:port}. */
        public Builder backend(String url) {
            backendUrls.add(Text.clean(url));
            return this;
        }

        /**
         * A backend's URL or {@code host:port}, and where it was read.
         *
         * @param source for a person, such as {@code its /workers}, {@code its command line}
         */
        public Builder backend(String url, String source) {
            backendSources.putIfAbsent(Text.clean(url), Text.clean(source));
            return backend(url);
        }

        /** A backend on another machine. */
        public Builder remoteBackend(String host, String model) {
            remoteBackends.add(new RemoteBackend(Text.clean(host), Text.clean(model)));
            return this;
        }

        /** A figure that the configuration says. */
        public Builder figure(Metric metric, double number) {
            figures.putNumber(metric, number);
            return this;
        }

        /** What could not be found out, by path. */
        public Builder unavailable(String path, Reason reason, String detail) {
            unavailable.put(path, new Value.Unavailable<>(reason, Text.clean(detail)));
            return this;
        }

        /** The description. */
        public Description build() {
            return new Description(this);
        }
    }
}
