// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

/** A key for one endpoint. Nothing but the request that carries it reads it, and it prints as stars. */
final class Key {
    private static final int MOST_CHARACTERS = 4_096;

    private final String secret;
    private final boolean verified;

    Key(String secret, boolean verified) {
        this.secret = secret;
        this.verified = verified;
    }

    /** Whether a text can stand in a header: nothing that would end it. */
    static boolean fits(String secret) {
        return !secret.isEmpty()
                && secret.length() <= MOST_CHARACTERS
                && secret.chars().allMatch(character -> character > ' ' && character < 0x7f);
    }

    String secret() {
        return secret;
    }

    /** Whether the connection that carries it has to be verified. */
    boolean verified() {
        return verified;
    }

    @Override
    public String toString() {
        return "***";
    }
}
