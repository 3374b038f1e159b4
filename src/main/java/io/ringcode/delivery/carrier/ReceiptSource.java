package io.ringcode.delivery.carrier;

import io.ringcode.tenant.TenantId;
import java.io.IOException;

/** A carrier that reports what became of messages. The token in the address has been looked at before it is asked. */
public interface ReceiptSource {
    /** The carrier's. */
    String name();

    /**
     * Decides by what is given and the tenant's account alone; changes nothing.
     *
     * @throws IOException when something of the carrier's that it takes to decide, such as a certificate, could not be had:
     *     the carrier should be told to come again (503)
     */
    ReceiptCheck read(TenantId tenant, VendorCall call) throws IOException;
}
