// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Exceptions put as one line for a person. */
final class Trouble {
    private static final Pattern PACKAGE = Pattern.compile("osgi\\.wiring\\.package=([\\w.]+)");

    private Trouble() {}

    /** What went wrong, on one line, without a class name where there is a better word. */
    static String of(Throwable problem) {
        if (problem instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (problem instanceof NoSuchFileException) {
            return "no such file";
        }
        if (problem instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        String message = problem.getMessage();
        String kind = problem.getClass().getSimpleName();
        return message == null || message.isBlank()
                ? kind
                : Printable.of(message.lines().findFirst().orElse(kind));
    }

    /** Why the bundle does not start; the framework's own message is a page long and names the cause at its end. */
    static String of(Bundle bundle, BundleException problem) {
        String message = problem.getMessage() == null ? "" : problem.getMessage();
        String missing = missing(message);
        String reason = !missing.isEmpty() ? missing : of(problem.getCause() == null ? problem : problem.getCause());
        return "bundle " + name(bundle) + " cannot start: " + reason;
    }

    /** What a page of the framework's says is missing; empty where it names no package. */
    static String missing(String message) {
        String missing = "";
        Matcher matcher = PACKAGE.matcher(message);
        while (matcher.find()) {
            missing = matcher.group(1);
        }
        return missing.isEmpty() ? "" : "nothing provides package " + missing;
    }

    /** Symbolic name and version. */
    static String name(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
