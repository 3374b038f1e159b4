package io.ringcode.console;

/**
 * A page on which nothing can be done.
 *
 * @param signedIn as somebody else than an administrator, so that signing out helps
 */
public record Stop(String sentence, boolean signedIn) {}
