// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.spi.Endpoint;
import java.util.HashSet;
import java.util.Set;

/** What is remembered of one server until it is forgotten: whether it speaks TLS, and what it thinks of its key. */
final class Server {
    private static final int MOST_REFUSALS = 256;
    private static final int MOST_TLS_FAILURES = 2;

    private enum KeyState {
        NOT_SENT,
        ACCEPTED,
        REFUSED
    }

    private final Endpoint endpoint;
    private boolean tls;
    private int tlsFailures;
    private boolean forgotten;
    private KeyState key = KeyState.NOT_SENT;
    /** Paths that refuse a key which others accept. */
    private final Set<String> refusing = new HashSet<>();

    Server(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    synchronized boolean tls() {
        return tls;
    }

    synchronized void rememberTls() {
        tls = true;
    }

    /** Whether it may still be tried over TLS when it says so. */
    synchronized boolean tlsMayBeTried() {
        return !tls && tlsFailures < MOST_TLS_FAILURES;
    }

    /** It only said so, or was too slow this time. */
    synchronized void tlsFailed() {
        tlsFailures++;
    }

    /** It is asked anew, and may have been too busy with its start before. */
    synchronized void tryTlsAgain() {
        tlsFailures = 0;
    }

    synchronized boolean forgotten() {
        return forgotten;
    }

    synchronized void forget() {
        forgotten = true;
    }

    /** Whether it has accepted its key, so that a request to this path may carry it at once. */
    synchronized boolean acceptsKey(String path) {
        return key == KeyState.ACCEPTED && !refusing.contains(path);
    }

    /** Whether its key, or the key for this path, was refused and is not sent again. */
    synchronized boolean refusesKey(String path) {
        return key == KeyState.REFUSED || refusing.contains(path);
    }

    /** What came of a request that carried its key. */
    synchronized void keyAnswered(String path, int status) {
        if (status == 403 && key == KeyState.ACCEPTED) {
            if (refusing.size() < MOST_REFUSALS) {
                refusing.add(path);
            } else {
                key = KeyState.REFUSED;
            }
        } else if (status == 401 || status == 403) {
            key = KeyState.REFUSED;
        } else if (status < 300 || status == 404 || status == 405 || status == 501) {
            key = key == KeyState.REFUSED ? key : KeyState.ACCEPTED;
        }
    }

    /** Nobody answered: whoever listens there next has to ask for the key anew. */
    synchronized void lost() {
        key = key == KeyState.ACCEPTED ? KeyState.NOT_SENT : key;
    }
}
