package io.ringcode.delivery.carrier;

import io.ringcode.tenant.TenantId;

/**
 * An event: a delivery receipt of the simulated phone network, which comes by no webhook.
 *
 * @param provider the one that was asked to send the message
 */
public record LocalReceipt(TenantId tenant, String provider, Receipt receipt) {}
