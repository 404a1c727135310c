// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.agent.CommandLine.Form;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads an argument vector from its front: wrappers, then an interpreter and its options, then the program. */
record ArgumentReader(List<String> argv) {
    private static final int MOST_WRAPPERS = 8;

    /** Wrappers by name, with those of their options whose value is the next argument. */
    private static final Map<String, Set<String>> WRAPPERS = Map.ofEntries(
            Map.entry("env", Set.of("-u", "--unset", "-C", "--chdir")),
            Map.entry("nice", Set.of("-n", "--adjustment")),
            Map.entry("ionice", Set.of("-c", "--class", "-n", "--classdata")),
            Map.entry("nohup", Set.of()),
            Map.entry("setsid", Set.of()),
            Map.entry("stdbuf", Set.of("-i", "-o", "-e", "--input", "--output", "--error")),
            Map.entry("time", Set.of("-f", "--format", "-o", "--output")),
            Map.entry("timeout", Set.of("-k", "--kill-after", "-s", "--signal")),
            Map.entry("taskset", Set.of()),
            Map.entry(
                    "numactl",
                    Set.of(
                            "-N",
                            "-m",
                            "-C",
                            "-p",
                            "-i",
                            "--cpunodebind",
                            "--membind",
                            "--physcpubind",
                            "--preferred",
                            "--interleave")),
            Map.entry("chrt", Set.of("-T", "-P", "-D")),
            Map.entry("tini", Set.of("-p", "-e")),
            Map.entry("dumb-init", Set.of("-r", "--rewrite")),
            Map.entry("sudo", Set.of("-u", "--user", "-g", "--group", "-p", "-C", "-D", "-R", "-T", "-h", "-r", "-t")),
            Map.entry("catchsegv", Set.of()),
            Map.entry("prlimit", Set.of()),
            Map.entry("exec", Set.of("-a")));

    /** Options of interpreters whose value is the next argument. */
    private static final Map<String, Set<String>> INTERPRETERS = Map.of(
            "sh", Set.of("-o", "+o"),
            "bash", Set.of("-o", "+o", "-O", "+O", "--rcfile", "--init-file"),
            "dash", Set.of("-o", "+o"),
            "zsh", Set.of("-o", "+o"),
            "ksh", Set.of("-o", "+o"),
            "node", Set.of("-r", "--require", "--import", "--loader", "--experimental-loader", "--env-file"),
            "bun", Set.of(),
            "perl", Set.of("-I"),
            "ruby", Set.of("-I", "-r"));

    private static final Set<String> LOADER_OPTIONS = Set.of(
            "--library-path", "--argv0", "--preload", "--audit", "--glibc-hwcaps-prepend", "--glibc-hwcaps-mask");

    CommandLine read() {
        int at = 0;
        for (int wrapped = 0; wrapped < MOST_WRAPPERS; wrapped++) {
            int next = afterWrapper(CommandLine.fileName(argv.get(at)), at + 1);
            if (next < 0 || next >= argv.size()) {
                break;
            }
            at = next;
        }
        String name = CommandLine.fileName(argv.get(at));
        if (name.matches("(?i)(python|pypy)[0-9.]*t?")) {
            return python(at + 1, name);
        }
        Set<String> valued = INTERPRETERS.get(name);
        return valued == null ? executable(name, at + 1) : interpreted(name, at + 1, valued);
    }

    /** Where the program stands that a wrapper starts; negative where {@code name} is no wrapper. */
    private int afterWrapper(String name, int start) {
        boolean loader = name.matches("ld(-linux|-musl)?[\\w.-]*\\.so(\\.[0-9]+)*");
        Set<String> valued = loader ? LOADER_OPTIONS : WRAPPERS.get(name);
        if (valued == null) {
            return -1;
        }
        boolean operand = Set.of("timeout", "taskset", "chrt").contains(name);
        int at = start;
        while (at < argv.size()) {
            String word = argv.get(at);
            if (word.equals("--")) {
                return at + 1;
            }
            if (word.startsWith("-") && word.length() > 1) {
                at += valued.contains(word) ? 2 : 1;
            } else if (operand && word.matches("(0x)?[0-9a-fA-F][0-9a-fA-F.,smhd-]*")) {
                operand = false;
                at++;
            } else if ((name.equals("env") || name.equals("sudo")) && word.matches("[A-Za-z_]\\w*=.*")) {
                at++;
            } else {
                return at;
            }
        }
        return at;
    }

    private CommandLine interpreted(String interpreter, int start, Set<String> valued) {
        String codeLetters = interpreter.endsWith("sh") ? "c" : "eEp";
        int at = start;
        while (at < argv.size()) {
            String word = argv.get(at);
            if (!(word.startsWith("-") || word.startsWith("+")) || word.length() == 1) {
                return new CommandLine(Form.SCRIPT, CommandLine.fileName(word), rest(at + 1));
            }
            if (isCode(word, codeLetters)) {
                break;
            }
            at += valued.contains(word) ? 2 : 1;
        }
        return executable(interpreter, start);
    }

    /** {@code sh -lc CODE}, {@code node -e CODE}, {@code perl -ne CODE}: what runs is text, which is never searched. */
    private static boolean isCode(String option, String letters) {
        return option.equals("--eval")
                || option.equals("--print")
                || option.length() <= 6 && !option.startsWith("--") && firstOf(option, letters) > 0;
    }

    /** Python's one-letter options may stand together ({@code -um MODULE}); {@code m}, {@code c}, {@code X}, {@code W} take a value. */
    private CommandLine python(int start, String interpreter) {
        int at = start;
        while (at < argv.size() && argv.get(at).startsWith("-") && argv.get(at).length() > 1) {
            String option = argv.get(at);
            int letter = option.startsWith("--") ? -1 : firstOf(option, "mcXW");
            at++;
            if (option.equals("--check-hash-based-pycs")) {
                at++;
            } else if (letter > 0) {
                boolean attached = letter + 1 < option.length();
                char what = option.charAt(letter);
                if (what == 'c') {
                    return executable(interpreter, start);
                }
                if (what == 'm') {
                    return module(attached ? option.substring(letter + 1) : "", at, interpreter, start);
                }
                at += attached ? 0 : 1;
            }
        }
        if (at >= argv.size() || argv.get(at).equals("-")) {
            return executable(interpreter, start);
        }
        return new CommandLine(Form.SCRIPT, CommandLine.fileName(argv.get(at)), rest(at + 1));
    }

    private CommandLine module(String attached, int next, String interpreter, int start) {
        if (!attached.isEmpty()) {
            return new CommandLine(Form.MODULE, attached, rest(next));
        }
        return next < argv.size()
                ? new CommandLine(Form.MODULE, argv.get(next), rest(next + 1))
                : executable(interpreter, start);
    }

    private static int firstOf(String option, String letters) {
        for (int at = 1; at < option.length(); at++) {
            if (letters.indexOf(option.charAt(at)) >= 0) {
                return at;
            }
        }
        return -1;
    }

    private CommandLine executable(String name, int from) {
        return new CommandLine(Form.EXECUTABLE, name, rest(from));
    }

    private List<String> rest(int from) {
        return from >= argv.size() ? List.of() : argv.subList(from, argv.size());
    }
}
