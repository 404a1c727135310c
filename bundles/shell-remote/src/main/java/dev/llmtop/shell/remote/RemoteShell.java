// SPDX-License-Identifier: MIT
package dev.llmtop.shell.remote;

import dev.llmtop.agent.Agent;
import dev.llmtop.agent.CommandSessions;
import dev.llmtop.agent.SnapshotFormat;
import dev.llmtop.agent.Wire.Message;
import dev.llmtop.agent.Wire.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets other terminals of the same user in: there only where the launcher configures it. */
@Component(
        name = "dev.llmtop.shell.remote",
        service = RemoteShell.class,
        immediate = true,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class RemoteShell {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteShell.class);

    private final @Nullable Server server;

    /** Where, and as whom. */
    public @interface Config {
        /** The folder of the sockets. */
        String directory();

        /** The version of the program. */
        String version() default "";

        /** What was asked of this instance that changes what it samples; empty for nothing. */
        String asked() default "";
    }

    /** Listens; where that fails the program goes on without it and the log says why. */
    @Activate
    public RemoteShell(
            Config config,
            @Reference(name = "sessions") CommandSessions sessions,
            @Reference(name = "agent") Agent agent,
            @Reference(name = "format") SnapshotFormat format) {
        this(
                Path.of(config.directory()),
                config.version(),
                config.asked(),
                sessions,
                new SnapshotText(agent, format, Clock.systemUTC()));
    }

    RemoteShell(Path directory, String version, String asked, CommandSessions sessions, SnapshotText snapshots) {
        long pid = ProcessHandle.current().pid();
        Message hello = new Message(Type.HELLO, version + "\n" + pid + "\n" + asked);
        server = listen(directory, pid, hello, sessions, snapshots);
    }

    private static @Nullable Server listen(
            Path directory, long pid, Message hello, CommandSessions sessions, SnapshotText snapshots) {
        try {
            SocketFolder folder = SocketFolder.open(directory);
            folder.sweep();
            return Server.listen(folder.socket(pid), channel -> new Conversation(channel, hello, sessions, snapshots));
        } catch (IOException failed) {
            LOG.warn("no other terminal can come in: {}", failed.getMessage());
            return null;
        }
    }

    @Deactivate
    void stop() {
        if (server == null) {
            return;
        }
        try {
            server.close();
        } catch (IOException gone) {
            LOG.debug("the socket could not be removed: {}", gone.getMessage());
        }
    }
}
