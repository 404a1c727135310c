// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.ProcessTable;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.Redaction;
import dev.llmtop.model.Text;
import dev.llmtop.spi.Launch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** How processes were started, without secrets. */
final class Launches {
    /** Settings of engines; everything else in an environment concerns nobody here. */
    private static final Pattern SETTING = Pattern.compile(
            "(VLLM|SGLANG|OLLAMA|LLAMA|LLAMA_ARG|LITELLM|LOCALAI|LEMONADE|LMDEPLOY|TGI|NIM|TABBY|KOBOLD|OPENEDAI|MODEL_RUNNER)_.*"
                    + "|(CUDA|NVIDIA|HIP|ROCR|ZE|ONEAPI)_(VISIBLE_DEVICES|DEVICE_SELECTOR)|HF_HUB_OFFLINE"
                    + "|PROMETHEUS_MULTIPROC_DIR|HOST|PORT|MODEL|MODEL_ID|N_CTX|CONFIG_FILE(_PATH)?|NUM_SHARD|QUANTIZE|MAX_TOTAL_TOKENS");

    private static final int MOST_CHARACTERS = 16_384;

    private final ProcessTable table;
    private final Map<Long, Known> known = new ConcurrentHashMap<>();

    private record Known(long startTicks, List<String> argv, Launch launch) {}

    Launches(ProcessTable table) {
        this.table = table;
    }

    /** A process with the readable part of its environment; worked out once for each of its command lines. */
    Launch of(ProcessEntry process) {
        Known before = known.get(process.pid());
        if (before != null
                && before.startTicks() == process.startTicks()
                && before.argv().equals(process.argv())) {
            return before.launch();
        }
        Launch launch = read(process);
        known.put(process.pid(), new Known(process.startTicks(), process.argv(), launch));
        return launch;
    }

    /** Forgets processes that are no more. */
    void keepOnly(Set<Long> pids) {
        known.keySet().retainAll(pids);
    }

    private Launch read(ProcessEntry process) {
        CommandLine command = CommandLine.of(process.argv());
        Map<String, String> environment = new TreeMap<>();
        table.detail(process)
                .environment()
                .known()
                .ifPresent(all -> all.forEach((name, value) -> {
                    if (SETTING.matcher(name).matches()) {
                        environment.put(Text.clean(name), cut(Redaction.setting(name, value)));
                    }
                }));
        return launch(process, command, environment);
    }

    /** A process by its command line alone: for those above an engine. */
    static Launch briefly(ProcessEntry process) {
        return launch(process, CommandLine.of(process.argv()), Map.of());
    }

    private static Launch launch(ProcessEntry process, CommandLine command, Map<String, String> environment) {
        List<String> arguments = Redaction.arguments(command.arguments()).stream()
                .map(Launches::cut)
                .toList();
        String program = command.program().isEmpty() ? process.comm() : command.program();
        return new Launch(process.pid(), Text.clean(program), arguments, environment);
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
    }
}
