package io.ringcode.client;

/** An application's {@code client_id}. */
public record ClientId(String value) {}
