// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import java.util.List;
import java.util.Set;

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

    private static final Set<String> WRAPPERS = Set.of(
            "env",
            "nice",
            "ionice",
            "nohup",
            "setsid",
            "stdbuf",
            "time",
            "timeout",
            "taskset",
            "numactl",
            "chrt",
            "tini",
            "dumb-init",
            "sudo",
            "catchsegv",
            "prlimit",
            "exec");

    public CommandLine {
        arguments = List.copyOf(arguments);
    }

    /** Understands an argument vector; never fails. */
    public static CommandLine of(List<String> argv) {
        if (argv.isEmpty() || argv.get(0).isEmpty()) {
            return new CommandLine(Form.TITLE, "", List.of());
        }
        return new Reader(argv).read(WRAPPERS);
    }

    /** The file name of a path. */
    static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private record Reader(List<String> argv) {
        CommandLine read(Set<String> wrappers) {
            return unwrap(0, wrappers, 0);
        }

        private CommandLine unwrap(int at, Set<String> wrappers, int depth) {
            String name = fileName(argv.get(at));
            if (depth < 5 && wrappers.contains(name)) {
                int next = afterWrapper(name, at + 1);
                if (next < argv.size()) {
                    return unwrap(next, wrappers, depth + 1);
                }
            }
            if (isPython(name)) {
                return python(at + 1, name);
            }
            if (isInterpreter(name) && at + 1 < argv.size() && !argv.get(at + 1).startsWith("-")) {
                return new CommandLine(Form.SCRIPT, fileName(argv.get(at + 1)), rest(at + 2));
            }
            if (argv.size() == 1 && isTitle(argv.get(0))) {
                return new CommandLine(Form.TITLE, argv.get(0), List.of());
            }
            return new CommandLine(Form.EXECUTABLE, name, rest(at + 1));
        }

        /** Options of wrappers stand before the program; those that take a value are known, the rest take none. */
        private int afterWrapper(String wrapper, int start) {
            int at = start;
            while (at < argv.size()) {
                String word = argv.get(at);
                if (word.equals("--")) {
                    return at + 1;
                }
                if (word.startsWith("-") && word.length() > 1) {
                    at += takesValue(wrapper, word) ? 2 : 1;
                } else if (wrapper.equals("env") && word.indexOf('=') > 0) {
                    at++;
                } else if (wrapper.equals("timeout") && Character.isDigit(word.charAt(0))
                        || wrapper.equals("taskset") && word.matches("(0x)?[0-9a-fA-F,-]+") && at == start
                        || wrapper.equals("chrt") && word.matches("\\d+")) {
                    at++;
                } else {
                    return at;
                }
            }
            return at;
        }

        private static boolean takesValue(String wrapper, String option) {
            return switch (wrapper) {
                case "nice" -> option.equals("-n");
                case "ionice" -> option.equals("-c") || option.equals("-n");
                case "timeout" -> option.equals("-k") || option.equals("-s");
                case "env" -> option.equals("-u") || option.equals("-C");
                case "sudo" -> option.equals("-u") || option.equals("-g");
                case "stdbuf" -> option.length() == 2;
                case "taskset" -> option.equals("-c") || option.equals("--cpu-list");
                case "numactl" -> option.length() == 2 && "NmCpi".indexOf(option.charAt(1)) >= 0;
                default -> false;
            };
        }

        private CommandLine python(int start, String interpreter) {
            int at = start;
            while (at < argv.size()
                    && argv.get(at).startsWith("-")
                    && argv.get(at).length() > 1) {
                String option = argv.get(at);
                if (option.equals("-m") && at + 1 < argv.size()) {
                    return new CommandLine(Form.MODULE, argv.get(at + 1), rest(at + 2));
                }
                if (option.startsWith("-m") && option.length() > 2) {
                    return new CommandLine(Form.MODULE, option.substring(2), rest(at + 1));
                }
                if (option.equals("-c")) {
                    return new CommandLine(Form.EXECUTABLE, interpreter, rest(start));
                }
                at += option.equals("-X") || option.equals("-W") ? 2 : 1;
            }
            if (at < argv.size()) {
                return new CommandLine(Form.SCRIPT, fileName(argv.get(at)), rest(at + 1));
            }
            return new CommandLine(Form.EXECUTABLE, interpreter, List.of());
        }

        private List<String> rest(int from) {
            return from >= argv.size() ? List.of() : argv.subList(from, argv.size());
        }

        private static boolean isPython(String name) {
            return name.matches("(python|pypy)[0-9.]*t?");
        }

        private static boolean isInterpreter(String name) {
            return Set.of("sh", "bash", "dash", "node", "bun", "perl", "ruby").contains(name);
        }

        private static boolean isTitle(String word) {
            return word.contains("::") || word.contains(": ");
        }
    }
}
