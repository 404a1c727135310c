// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.agent.ProcessTable.PublishedPort;
import dev.llmtop.model.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the list of running containers as {@code GET /containers/json} has it (moby api/types/container, Summary; podman answers
 * the same there). Whatever has another type is left out.
 */
final class ContainerList {
    private static final int MOST_CONTAINERS = 4_096;
    private static final int MOST_PORTS = 64;
    private static final int MOST_CHARACTERS = 200;

    private ContainerList() {}

    /** One container. */
    record Listed(Optional<String> name, List<PublishedPort> ports) {
        Listed {
            ports = List.copyOf(ports);
        }
    }

    /** By id; empty where it is no such list. */
    static Optional<Map<String, Listed>> read(JsonNode list) {
        if (!list.isArray()) {
            return Optional.empty();
        }
        Map<String, Listed> containers = new LinkedHashMap<>();
        for (JsonNode container : list) {
            String id = container.path("Id").asText("");
            if (ControlGroup.isId(id) && containers.size() < MOST_CONTAINERS) {
                containers.putIfAbsent(id, new Listed(name(container.path("Names")), ports(container.path("Ports"))));
            }
        }
        return Optional.of(containers);
    }

    /** Docker puts a slash before a name, and before each part of a name that a link to it has. */
    private static Optional<String> name(JsonNode names) {
        for (JsonNode name : names) {
            String text = name.isTextual() ? Text.clean(name.asText()).strip() : "";
            String bare = text.startsWith("/") ? text.substring(1) : text;
            if (!bare.isEmpty() && bare.indexOf('/') < 0) {
                return Optional.of(bare.substring(0, Math.min(bare.length(), MOST_CHARACTERS)));
            }
        }
        return Optional.empty();
    }

    private static List<PublishedPort> ports(JsonNode ports) {
        List<PublishedPort> published = new ArrayList<>();
        for (JsonNode port : ports) {
            int outside = number(port.path("PublicPort"));
            int inside = number(port.path("PrivatePort"));
            String host = port.path("IP").asText("");
            boolean tcp = port.path("Type").asText("tcp").equals("tcp");
            boolean address = host.isEmpty() || host.matches("[0-9A-Fa-f.:]{2,45}");
            if (tcp && address && outside > 0 && inside > 0 && published.size() < MOST_PORTS) {
                published.add(new PublishedPort(host.isEmpty() ? "0.0.0.0" : host, outside, inside));
            }
        }
        return published;
    }

    private static int number(JsonNode port) {
        return port.isInt() && port.asInt() >= 1 && port.asInt() <= 65_535 ? port.asInt() : 0;
    }
}
