// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Predicate;

/** What our code may do. */
enum CodeRules {
    ONLY_THE_PROBE_OPENS_SOCKETS(noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.llmtop.probe..",
                    "dev.llmtop.testkit..",
                    "dev.llmtop.shell.remote..",
                    "dev.llmtop.launcher.attach..")
            .should()
            .dependOnClassesThat(named(
                    "java.net.Socket",
                    "java.net.DatagramSocket",
                    "java.net.URLConnection",
                    "java.net.HttpURLConnection",
                    "javax.net.SocketFactory",
                    "javax.net.ssl.SSLSocketFactory",
                    "java.nio.channels.SocketChannel",
                    "java.nio.channels.AsynchronousSocketChannel",
                    "java.nio.channels.DatagramChannel"))
            .orShould()
            .callMethod("java.net.URL", "openConnection")
            .orShould()
            .callMethod("java.net.URL", "openStream")),

    NOBODY_USES_THE_HTTP_CLIENT_OF_THE_JDK(
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.net.http..")),

    /**
     * With limits on depth, strings and numbers, once. Beside the probe only what reads a snapshot of our own back, with limits of its
     * own, and the testkit.
     */
    ONLY_THE_PROBE_PARSES_JSON(noClasses()
            .that()
            .resideOutsideOfPackages("dev.llmtop.probe..", "dev.llmtop.testkit..", "dev.llmtop.report.read..")
            .should()
            .dependOnClassesThat(named(
                    "com.fasterxml.jackson.core.JsonParser",
                    "com.fasterxml.jackson.databind.ObjectReader",
                    "com.fasterxml.jackson.databind.MappingIterator"))
            .orShould()
            .callMethodWhere(described("parses JSON", CodeRules::parsesJson))),

    ONLY_LAUNCHER_REPORT_AND_CONSOLE_WRITE_TO_STANDARD_OUTPUT(noClasses()
            .that()
            .resideOutsideOfPackages("dev.llmtop.launcher..", "dev.llmtop.report..", "dev.llmtop.shell.console..")
            .should()
            .accessField("java.lang.System", "out")),

    ONLY_THE_LAUNCHER_ENDS_THE_PROCESS(noClasses()
            .that()
            .resideOutsideOfPackage("dev.llmtop.launcher..")
            .should()
            .callMethod("java.lang.System", "exit", "int")
            .orShould()
            .callMethod("java.lang.Runtime", "exit", "int")
            .orShould()
            .callMethod("java.lang.Runtime", "halt", "int")),

    NOBODY_SLEEPS(noClasses()
            .should()
            .callMethod("java.lang.Thread", "sleep", "long")
            .orShould()
            .callMethod("java.lang.Thread", "sleep", "long", "int")
            .orShould()
            .callMethod("java.util.concurrent.TimeUnit", "sleep", "long")),

    NOTHING_STATIC_IS_SET_TWICE(fields().that(described("static and ours", CodeRules::staticAndOurs))
            .should()
            .beFinal()),

    NOTHING_STATIC_CHANGES(fields().that(described("static and ours", CodeRules::staticAndOurs))
            .should()
            .notHaveRawType(described("a type made to change", CodeRules::changes))),

    NAMES_SAY_WHAT_A_THING_IS(classes()
            .that()
            .resideInAPackage("dev.llmtop..")
            .should()
            .haveNameNotMatching(".*[.$](Abstract\\w*|\\w*(Util|Utils|Helper|Helpers|Manager|Impl))")),

    ADAPTERS_ONLY_READ_ANSWERS(noClasses()
            .that()
            .resideInAPackage("dev.llmtop.adapter..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.slf4j..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.util.concurrent..",
                    "org.osgi.framework..",
                    "org.osgi.util..",
                    "org.osgi.service.cm..")
            .orShould()
            .dependOnClassesThat(named(
                    "java.lang.Thread",
                    "java.lang.ProcessBuilder",
                    "java.lang.Runtime",
                    "java.io.File",
                    "java.io.FileInputStream",
                    "java.io.FileReader",
                    "java.io.RandomAccessFile",
                    "java.net.URL",
                    "java.net.InetAddress",
                    "java.net.ServerSocket",
                    "java.net.Socket"))),

    PURE_BUNDLES_DO_NOT_LOG(noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.llmtop.exposition..", "dev.llmtop.rates..", "dev.llmtop.model..", "dev.llmtop.spi..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.slf4j..")),

    PURE_BUNDLES_KNOW_NO_FRAMEWORK(noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.llmtop.exposition..", "dev.llmtop.rates..", "dev.llmtop.model..", "dev.llmtop.spi..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.osgi.framework..")),

    SERVICES_ARE_WIRED_NEVER_LOOKED_UP(noClasses()
            .that()
            .resideOutsideOfPackage("dev.llmtop.launcher..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.osgi.util.tracker..")
            .orShould()
            .dependOnClassesThat(named("org.osgi.framework.BundleActivator", "org.osgi.framework.FrameworkUtil"))
            .orShould()
            .callMethodWhere(described("a look-up", CodeRules::isLookUp)));

    private final ArchRule rule;

    CodeRules(ArchRule rule) {
        this.rule = rule;
    }

    ArchRule rule() {
        return rule;
    }

    private static <T> DescribedPredicate<T> described(String what, Predicate<T> test) {
        return DescribedPredicate.describe(what, test);
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        List<String> wanted = List.of(names);
        return described("named " + wanted, type -> wanted.contains(type.getName()));
    }

    private static boolean parsesJson(JavaMethodCall call) {
        String owner = call.getTargetOwner().getName();
        return owner.startsWith("com.fasterxml.jackson.")
                        && call.getName().matches("read(Tree|Value|Values)|createParser")
                || owner.matches("(com\\.google\\.gson|jakarta\\.json|javax\\.json|org\\.json)\\..*");
    }

    private static boolean isLookUp(JavaMethodCall call) {
        return call.getTargetOwner().getName().equals("org.osgi.framework.BundleContext")
                && call.getName().matches("getService\\w*|getAllServiceReferences|addServiceListener|registerService");
    }

    /** What slf4j wants of its binding is its own business. */
    private static boolean staticAndOurs(JavaField field) {
        return field.getModifiers().contains(JavaModifier.STATIC)
                && !field.getModifiers().contains(JavaModifier.SYNTHETIC)
                && field.getOwner().getPackageName().startsWith("dev.llmtop.");
    }

    private static boolean changes(JavaClass type) {
        return type.getName().startsWith("java.util.concurrent.atomic.")
                || type.isAssignableTo(Thread.class)
                || type.isAssignableTo(ThreadLocal.class)
                || type.isAssignableTo(StringBuilder.class)
                || type.getName().matches("java\\.util\\.(concurrent\\.)?[A-Za-z]*(Map|List|Set|Queue|Deque)")
                        && !type.isInterface();
    }
}
