package io.ringcode.delivery;

import io.ringcode.tenant.TenantId;
import java.util.UUID;

/**
 * Event: a carrier's receipt says that the number of a message cannot work, so its code will never be typed.
 *
 * @param transaction the sign-in whose code the message carried
 */
public record NumberUnknown(TenantId tenant, UUID transaction) {}
