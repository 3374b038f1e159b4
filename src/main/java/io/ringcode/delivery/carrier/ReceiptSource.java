package io.ringcode.delivery.carrier;

import io.ringcode.tenant.TenantId;
import java.io.IOException;

/** A carrier that reports what became of messages. The token in the address has been looked at before it is asked. */
public interface ReceiptSource {
    /** How the carrier learns the address that it reports to. */
    enum Addressing {
        /** The server names it with each message. */
        WITH_EACH_MESSAGE,
        /** Somebody enters it in the carrier's own console. */
        IN_THE_CARRIERS_CONSOLE
    }

    /** The carrier's. */
    String name();

    default Addressing addressing() {
        return Addressing.WITH_EACH_MESSAGE;
    }

    /**
     * Decides by what is given and the tenant's account alone; changes nothing.
     *
     * @throws IOException when something of the carrier's that it takes to decide, such as a certificate, could not be had:
     *     the carrier should be told to come again (503)
     */
    ReceiptCheck read(TenantId tenant, VendorCall call) throws IOException;
}
