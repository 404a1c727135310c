// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.spi.EngineAdapter;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * An adapter of the distribution, made without a framework from what its bundle says of its component.
 *
 * @param properties of its service
 */
record ShippedAdapter(EngineAdapter adapter, Map<String, Object> properties) {
    /** All of them, in order of their bundles' names. */
    static List<ShippedAdapter> all() {
        List<ShippedAdapter> all = new ArrayList<>();
        List<Path> jars = new ArrayList<>();
        Distribution.ours().forEach((name, jar) -> {
            if (name.startsWith("dev.llmtop.adapter.") || name.equals("dev.llmtop.exposition")) {
                jars.add(jar);
            }
        });
        try {
            URL[] places = new URL[jars.size()];
            for (int at = 0; at < places.length; at++) {
                places[at] = jars.get(at).toUri().toURL();
            }
            ClassLoader classes = new URLClassLoader(places, ShippedAdapter.class.getClassLoader());
            for (Path jar : jars) {
                addFrom(jar, classes, all);
            }
        } catch (Exception unreadable) {
            throw new IllegalStateException("the adapters of the distribution cannot be made", unreadable);
        }
        return all;
    }

    String kind() {
        return descriptor().kind();
    }

    AdapterDescriptor descriptor() {
        return AdapterDescriptor.of(properties);
    }

    /** The same with these usual ports. */
    Map<String, Object> withPorts(int... ports) {
        Map<String, Object> changed = new LinkedHashMap<>(properties);
        changed.put("llmtop.ports", ports);
        return changed;
    }

    private static void addFrom(Path jar, ClassLoader classes, List<ShippedAdapter> all) throws Exception {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                if (entry.getName().startsWith("OSGI-INF/") && entry.getName().endsWith(".xml")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        all.add(of(
                                DocumentBuilderFactory.newInstance()
                                        .newDocumentBuilder()
                                        .parse(in)
                                        .getDocumentElement(),
                                classes));
                    }
                }
            }
        }
    }

    private static ShippedAdapter of(Element component, ClassLoader classes) throws Exception {
        Map<String, Object> properties = new LinkedHashMap<>();
        NodeList elements = component.getElementsByTagName("property");
        for (int at = 0; at < elements.getLength(); at++) {
            Element property = (Element) elements.item(at);
            String value = property.getAttribute("value");
            List<String> values = value.isEmpty()
                    ? property.getTextContent().lines().map(String::strip).toList()
                    : List.of(value);
            Object typed = property.getAttribute("type").equals("Integer")
                    ? values.stream().map(Integer::valueOf).toList()
                    : values;
            properties.put(property.getAttribute("name"), value.isEmpty() ? typed : ((List<?>) typed).get(0));
        }
        String name =
                ((Element) component.getElementsByTagName("implementation").item(0)).getAttribute("class");
        return new ShippedAdapter(
                (EngineAdapter) classes.loadClass(name).getConstructor().newInstance(),
                Collections.unmodifiableMap(properties));
    }
}
