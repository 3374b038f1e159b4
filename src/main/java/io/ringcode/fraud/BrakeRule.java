package io.ringcode.fraud;

import io.ringcode.budget.Brake;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Rule;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Send rule: nothing while the emergency brake is on. */
@Component
@Order(-10)
class BrakeRule implements StatelessRule {
    @Override
    public Optional<Denied> judge(Asked message) {
        return Brake.isOn(message.settings()) ? Optional.of(new Denied(Rule.BRAKE, Duration.ZERO)) : Optional.empty();
    }
}
