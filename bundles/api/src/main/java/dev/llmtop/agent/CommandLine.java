// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import java.util.List;

/**
 * An argument vector understood: what really runs, and what it was given. Interpreters, {@code env}, {@code nice} and the like are
 * seen through; text is never searched.
 *
 * @param form how the program is named
 * @param program file name without directories, module name, or process title; empty for a kernel thread
 * @param arguments what follows, raw: may hold secrets
 */
public record CommandLine(Form form, String program, List<String> arguments) {
    /** How a program is named. */
    public enum Form {
        /** A native program, or a script started by its own name. */
        EXECUTABLE,
        /** A script that an interpreter runs. */
        SCRIPT,
        /** {@code python -m}. */
        MODULE,
        /** A process that replaced its command line by a title. */
        TITLE
    }

    public CommandLine {
        arguments = List.copyOf(arguments);
    }

    /** Understands an argument vector; never fails. */
    public static CommandLine of(List<String> argv) {
        if (argv.isEmpty() || argv.get(0).isEmpty()) {
            return new CommandLine(Form.TITLE, "", List.of());
        }
        if (isTitle(argv)) {
            return new CommandLine(Form.TITLE, argv.get(0).strip(), List.of());
        }
        return new ArgumentReader(argv).read();
    }

    /** The file name of a path. */
    static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * A title stands in the first argument alone; what was behind it in memory reads as empty arguments. Its words are parted by
     * {@code ::} (VLLM, sglang, ray) or begin with {@code name: } (nginx, postgres, sshd).
     */
    private static boolean isTitle(List<String> argv) {
        String first = argv.get(0);
        return (first.contains("::") || first.contains(": "))
                && argv.subList(1, argv.size()).stream().allMatch(String::isEmpty);
    }
}
