package io.ringcode.fraud;

import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Rule;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Send rule: not to kinds of numbers that no person should need, such as premium-rate ones, whatever the countries are. */
@Component
@Order(0)
class NumberKindRule implements StatelessRule {
    @Override
    public Optional<Denied> judge(Asked message) {
        return NumberSettings.of(message.settings())
                        .permitsKind(message.request().to())
                ? Optional.empty()
                : Optional.of(new Denied(Rule.NUMBER_KIND, Duration.ZERO));
    }
}
