package io.ringcode.authorization;

/**
 * What the server calls itself to one caller.
 *
 * @param url an origin and a slash, such as {@code https://login.example.com/}
 */
public record Issuer(String url) {}
