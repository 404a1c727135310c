// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.planted;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URL;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every sin at once: the rules are tried on this class, and each must find its own. Never runs. */
final class PlantedHelper {
    private static final Logger LOG = LoggerFactory.getLogger(PlantedHelper.class);
    static final HashMap<String, String> CACHE = new HashMap<>();
    static final AtomicInteger COUNTER = new AtomicInteger();
    static int asked;

    private PlantedHelper() {}

    static Socket socket() throws IOException {
        return new Socket("127.0.0.1", 1);
    }

    static InputStream url(URL url) throws IOException {
        return url.openStream();
    }

    static HttpClient client() {
        return HttpClient.newHttpClient();
    }

    static String file() throws IOException {
        return Files.readString(Path.of("/etc/hostname"));
    }

    static String json() throws IOException {
        return new ObjectMapper().readTree("{}").toString();
    }

    static void print(BundleContext context) throws InterruptedException {
        System.out.println(context);
        LOG.info("asked");
        Thread.sleep(1);
        asked++;
        System.exit(1);
    }
}
