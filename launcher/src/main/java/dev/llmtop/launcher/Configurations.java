// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The configuration of every component, merged: options over environment over the user's files over those that ship.
 * The API key has no setting here: the one component that sends it reads the environment itself.
 */
final class Configurations {
    private static final String OURS = "dev.llmtop.";
    private static final String NVIDIA = "dev.llmtop.gpu.nvml";

    private final Map<String, Map<String, Object>> merged = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final Set<String> knownPids = new HashSet<>();
    private final Map<String, Set<String>> knownKeys = new TreeMap<>();

    private String asked = "";
    /** Whether an option or a variable says how often to tick: then what the screen has kept must not. */
    private boolean intervalGiven;

    private Configurations() {
        for (Mode mode : Mode.values()) {
            knownPids.add(mode.component());
        }
        knownPids.add(Recorded.COMPONENT);
        for (Setting setting : Setting.values()) {
            know(setting.pid(), setting.key());
        }
    }

    /** Merges all sources; the first value that cannot be used ends it, with a line that says where it stands. */
    static Configurations merge(
            Arguments arguments, Map<String, String> environment, Path shipped, Directories directories, Screen screen)
            throws UsageException {
        Configurations result = new Configurations();
        Map<String, Map<String, String>> defaults = ConfigurationFiles.read(shipped);
        defaults.forEach((pid, values) -> values.keySet().forEach(key -> result.know(pid, key)));
        result.addFiles(shipped, defaults);
        Optional<Path> user = userFolder(arguments, environment, directories);
        if (user.isPresent()) {
            result.addFiles(user.get(), ConfigurationFiles.read(user.get()));
        }
        result.addEnvironment(environment);
        arguments.values().forEach(result::put);
        // Whoever would open a driver is told as well: it begins before anybody asks it.
        result.of(NVIDIA).put(Setting.GPU.key(), result.wantsGpus());
        // Nobody who asks for this machine may be told what was recorded.
        result.asked = (arguments.recorded().isPresent() ? "replay " : "") + result.digest(environment, directories);
        result.intervalGiven = arguments.values().containsKey(Setting.INTERVAL)
                || environment.containsKey(Setting.INTERVAL.variable());
        result.choose(arguments.mode(), screen);
        result.merged.remove(Recorded.COMPONENT);
        if (arguments.recorded().isPresent()) {
            result.replay(arguments.recorded().get(), arguments.mode(), shipped);
        }
        if (arguments.mode().takesCommands()) {
            result.letIn(directories.sockets());
        }
        return result;
    }

    /** A name for all that changes what is sampled: two runs with the same name see the same. */
    String asked() {
        return asked;
    }

    /** The key itself is in nobody's name; whether there is one changes what can be read. */
    private String digest(Map<String, String> environment, Directories directories) {
        Map<String, Map<String, Object>> sampling = new TreeMap<>(merged);
        for (Mode mode : Mode.values()) {
            sampling.remove(mode.component());
        }
        boolean key = !environment.getOrDefault("LLMTOP_API_KEY", "").isEmpty();
        return Distribution.digest(sampling + "\n" + directories.data() + "\n" + key);
    }

    private void letIn(Path sockets) {
        Map<String, Object> values = of(Mode.HEADLESS.component());
        values.put("directory", sockets.toString());
        values.put("version", Main.version());
        values.put("asked", asked);
    }

    /** Component to its typed properties. */
    Map<String, Map<String, Object>> byPid() {
        return merged;
    }

    /** What looks like a slip but does no harm, a line each. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    private static Optional<Path> userFolder(
            Arguments arguments, Map<String, String> environment, Directories directories) throws UsageException {
        Optional<String> variable =
                Optional.ofNullable(environment.get("LLMTOP_CONFIG")).filter(text -> !text.isEmpty());
        Optional<String> chosen = arguments.configDirectory().or(() -> variable);
        if (chosen.isEmpty()) {
            return directories.configuration();
        }
        String name = arguments.configDirectory().isPresent() ? "--config" : "LLMTOP_CONFIG";
        try {
            Path folder = Path.of(chosen.get());
            if (Files.isDirectory(folder)) {
                return Optional.of(folder);
            }
        } catch (InvalidPathException e) {
            // Said below, as for any other name that is no directory.
        }
        throw new UsageException(name + " takes a directory that exists, not '" + Printable.of(chosen.get())
                + "'; try ~/.config/llmtop");
    }

    private void addFiles(Path folder, Map<String, Map<String, String>> files) throws UsageException {
        for (Map.Entry<String, Map<String, String>> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey() + ConfigurationFiles.SUFFIX);
            if (file.getKey().startsWith(OURS) && !knownPids.contains(file.getKey())) {
                Suggestion.nearest(file.getKey(), knownPids)
                        .ifPresent(name -> warnings.add(path + " names no component; did you mean " + name + "?"));
            }
            for (Map.Entry<String, String> value : file.getValue().entrySet()) {
                addFileValue(path, file.getKey(), value.getKey(), value.getValue());
            }
        }
    }

    private void addFileValue(Path path, String pid, String key, String text) throws UsageException {
        for (Setting setting : Setting.values()) {
            if (setting.pid().equals(pid) && setting.key().equals(key)) {
                put(setting, setting.fromFile(path + ": " + key, text));
                return;
            }
        }
        Set<String> keys = knownKeys.getOrDefault(pid, Set.of());
        if (!keys.contains(key)) {
            Suggestion.nearest(key, keys)
                    .ifPresent(name -> warnings.add(path + ": " + key + " is not known; did you mean " + name + "?"));
        }
        // A property that only the component knows: its type is the component's business.
        of(pid).put(key, text);
    }

    private void addEnvironment(Map<String, String> environment) throws UsageException {
        for (Setting setting : Setting.values()) {
            String text = environment.get(setting.variable());
            if (text != null && !text.isBlank()) {
                put(setting, setting.fromOption(setting.variable(), text));
            }
        }
    }

    private void choose(Mode mode, Screen screen) {
        // A file may set a mode's properties; it must not start a mode that nobody asked for.
        for (Mode other : Mode.values()) {
            if (!other.component().equals(mode.component())) {
                merged.remove(other.component());
            }
        }
        Map<String, Object> values = of(mode.component());
        if (mode == Mode.SHELL || mode == Mode.HEADLESS || mode == Mode.RECORD) {
            return;
        }
        values.put("mode", mode.word());
        values.put("columns", screen.columns());
        if (mode == Mode.TUI) {
            values.put("rows", screen.rows());
        }
        values.put("terminal", screen.terminal());
        if (mode == Mode.EXPLAIN) {
            values.put("gpu", wantsGpus());
            return;
        }
        Object samples = of(Setting.SAMPLES.pid()).get(Setting.SAMPLES.key());
        if (samples != null) {
            values.put("samples", samples);
        }
        Object interval = of(Setting.INTERVAL.pid()).get(Setting.INTERVAL.key());
        if (mode == Mode.TUI && interval != null) {
            values.put(Setting.INTERVAL.key(), interval);
            values.put("interval.given", intervalGiven);
        }
        // One snapshot waits for the slow engine; a stream shows its last figures and goes on.
        of(Setting.SAMPLES.pid()).put("complete", mode != Mode.WATCH && mode != Mode.TUI);
    }

    private boolean wantsGpus() {
        Object gpu = of(Setting.GPU.pid()).get(Setting.GPU.key());
        return gpu == null || gpu.equals(true);
    }

    /** A recording in the place of what ticks; what prints takes the snapshot that comes, whichever it is. */
    private void replay(Recorded recorded, Mode mode, Path shipped) throws UsageException {
        of(Recorded.COMPONENT).putAll(recorded.properties(mode, shipped.resolveSibling("demo/demo.jsonl.gz")));
        if (merged.containsKey(Mode.ONCE.component())) {
            of(Mode.ONCE.component()).put(Setting.SAMPLES.key(), 0);
        }
    }

    private void know(String pid, String key) {
        knownPids.add(pid);
        knownKeys.computeIfAbsent(pid, none -> new HashSet<>()).add(key);
    }

    private void put(Setting setting, Object value) {
        of(setting.pid()).put(setting.key(), value);
    }

    private Map<String, Object> of(String pid) {
        return merged.computeIfAbsent(pid, none -> new TreeMap<>());
    }
}
