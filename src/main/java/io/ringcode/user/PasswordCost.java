package io.ringcode.user;

/**
 * What it costs to hash a password by Argon2id, with one lane.
 *
 * @param kib memory
 * @param passes over that memory
 */
public record PasswordCost(int kib, int passes) {
    /** OWASP Password Storage Cheat Sheet. */
    static final PasswordCost OWASP = new PasswordCost(19_456, 2);

    /** How hashes of this cost begin. */
    String prefix() {
        return "$argon2id$v=19$m=" + kib + ",t=" + passes + ",p=1$";
    }
}
