// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Sets up TLS. Local servers have certificates of their own making, so nothing is verified as a rule: what is read is public to
 * whoever reaches the port, and on this machine only its administrator could stand in between. Only a key that leaves the machine
 * asks for more: the connection that carries it is verified against the certificates that the JDK trusts, and the server's name.
 */
final class Tls {
    private @Nullable SSLContext trusting;

    /** TLS over a connected wire, the handshake done. */
    Wire over(Wire below, String host, int port, boolean verified) throws IOException {
        try {
            SSLContext context = verified ? SSLContext.getDefault() : trusting();
            SSLEngine engine = context.createSSLEngine(host, port);
            if (verified) {
                SSLParameters parameters = engine.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                engine.setSSLParameters(parameters);
            }
            return TlsWire.over(below, engine);
        } catch (GeneralSecurityException | IllegalStateException | IllegalArgumentException broken) {
            throw new IOException("no TLS to be had: " + broken.getMessage(), broken);
        }
    }

    private synchronized SSLContext trusting() throws GeneralSecurityException {
        if (trusting == null) {
            trusting = SSLContext.getInstance("TLS");
            trusting.init(null, new TrustManager[] {new TrustsAll()}, null);
        }
        return trusting;
    }

    /** Extended, since the JDK adds checks of its own to a trust manager that is not. */
    private static final class TrustsAll extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
