package io.ringcode.user;

/** A password as it is stored, made by {@link Passwords#hash}. */
public record PasswordHash(String value) {
    @Override
    public String toString() {
        return "PasswordHash";
    }
}
