package io.ringcode.user;

/** A user's id, such as {@code auth0|507f1f77bcf86cd799439011}. */
public record UserId(String value) {}
