package io.ringcode.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message in this node's hands.
 *
 * @param attempt counted when the message was taken, so that an answer that comes too late cannot settle a later attempt
 * @param heldUntil from then on any node may take it
 */
record Parcel(
        PhoneMessage message, String provider, @Nullable String region, int attempt, Instant heldUntil) {}
