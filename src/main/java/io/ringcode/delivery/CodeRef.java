package io.ringcode.delivery;

import java.util.UUID;

/**
 * The code that a message carries, by what names its challenge.
 *
 * @param transaction the login that the code belongs to
 * @param enrollment the authenticator that it was made for
 * @param generation distinguishes it from later codes of the same login and authenticator
 */
public record CodeRef(UUID transaction, String enrollment, int generation) {}
