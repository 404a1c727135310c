// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The prompt of {@code llmtop --shell} in this terminal: there only where the launcher configures it. */
@Component(
        name = "dev.llmtop.shell.console",
        service = Console.class,
        immediate = true,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Console {
    private final Prompt prompt;
    private final Thread reader;

    /** Reads standard input at once; its end ends the program. */
    @Activate
    public Console(
            @Reference(name = "processor") CommandProcessor processor,
            @Reference(name = "exit", target = "(llmtop.service=exit)") IntConsumer exit) {
        this(new Prompt(processor, standardStreams()), exit);
    }

    Console(Prompt prompt, IntConsumer exit) {
        this.prompt = prompt;
        this.reader = new Thread(
                () -> {
                    prompt.run();
                    exit.accept(0);
                },
                "llmtop-shell");
        // A read of a terminal cannot be broken off: the thread may outlive the component, never the program.
        reader.setDaemon(true);
        reader.start();
    }

    /** Breaks off the command that runs; a pending read is left to the end of the program. */
    @Deactivate
    void stop() {
        prompt.stop();
        reader.interrupt();
    }

    private static Prompt.Terminal standardStreams() {
        Charset charset = nativeCharset();
        return Prompt.Terminal.of(
                input(Path.of("/proc/self/fd/0"), Path.of(System.getProperty("java.home", "/"))),
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, charset),
                new PrintStream(new FileOutputStream(FileDescriptor.err), false, charset),
                charset,
                someoneSitsThere());
    }

    /**
     * Standard input; an empty one where it was closed before the start: then the first file that Java opened has its number, and
     * the bytes of a library would run as commands.
     */
    static InputStream input(Path descriptor, Path javaHome) {
        try {
            if (descriptor.toRealPath().startsWith(javaHome.toRealPath())) {
                return InputStream.nullInputStream();
            }
        } catch (IOException unknown) {
            // A pipe has no path, and other systems no such directory.
        }
        return new FileInputStream(FileDescriptor.in);
    }

    private static Charset nativeCharset() {
        String name = System.getProperty("native.encoding", "UTF-8");
        return Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    /** Java 22 to 24 have a console also where nothing is a terminal; they can be asked. */
    private static boolean someoneSitsThere() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException older) {
            return true;
        }
    }
}
