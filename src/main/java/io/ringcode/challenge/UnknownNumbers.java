package io.ringcode.challenge;

import io.ringcode.delivery.NumberUnknown;
import io.ringcode.fraud.FraudGuard;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the fraud guard of codes that went to nobody. */
@Component
class UnknownNumbers {
    private final FraudGuard fraud;

    UnknownNumbers(FraudGuard fraud) {
        this.fraud = fraud;
    }

    @EventListener
    void on(NumberUnknown unknown) {
        fraud.unknownSubscriber(unknown.tenant(), unknown.transaction());
    }
}
