package io.ringcode.conformance;

import org.jspecify.annotations.Nullable;

/**
 * How a requirement is brought to hold.
 *
 * @param what is to be done, in one sentence
 * @param page of the console where the setting is; null where it is the operator's, or there is none
 */
public record Remedy(String what, @Nullable String page) {}
