// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import java.util.Optional;
import java.util.Set;

/** Programs that are known to be no engines, by name. */
final class OtherPrograms {
    /** Databases, desktop programs, system services: they see no request, on whatever port they listen. */
    private static final Set<String> NAMES = Set.of(
            "postgres",
            "redis-server",
            "valkey-server",
            "mysqld",
            "mariadbd",
            "mongod",
            "memcached",
            "clickhouse",
            "clickhouse-serv",
            "influxd",
            "etcd",
            "consul",
            "vault",
            "minio",
            "qdrant",
            "milvus",
            "weaviate",
            "sshd",
            "cupsd",
            "smbd",
            "rpcbind",
            "systemd",
            "systemd-resolve",
            "dnsmasq",
            "named",
            "avahi-daemon",
            "Xorg",
            "Xvnc",
            "x11vnc",
            "gnome-shell",
            "chrome",
            "chromium",
            "firefox",
            "code",
            "code-server",
            "jupyter",
            "jupyter-lab",
            "jupyter-noteboo",
            "jupyter-notebook",
            "jupyterhub",
            "grafana",
            "grafana-server",
            "prometheus",
            "node_exporter",
            "dcgm-exporter",
            "alertmanager",
            "loki",
            "beam.smp",
            "rabbitmq-server",
            "nats-server",
            "mosquitto",
            "raylet",
            "gcs_server",
            "tensorboard",
            "open-webui",
            "dockerd",
            "containerd",
            "kubelet",
            "kube-apiserver",
            "kube-proxy",
            "sunshine",
            "Plex Media Serv",
            "jellyfin",
            "syncthing",
            "transmission-da",
            "qbittorrent",
            "tailscaled",
            "rsync",
            "vsftpd",
            "dovecot",
            "adb",
            "gdbserver");

    private OtherPrograms() {}

    /** The name of a program that is no engine. */
    static Optional<String> noEngine(ProcessEntry process, CommandLine command) {
        int colon = command.program().indexOf(':');
        String title = command.form() == CommandLine.Form.TITLE && colon > 0
                ? command.program().substring(0, colon)
                : command.program();
        return NAMES.contains(title)
                ? Optional.of(title)
                : Optional.of(process.comm()).filter(NAMES::contains);
    }
}
