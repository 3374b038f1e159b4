package io.ringcode.fraud;

import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Rule;
import io.ringcode.tenant.TenantSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Send rule: only to the countries that the tenant permits. */
@Component
@Order(1)
class CountryRule implements SendRule {
    @Override
    public Optional<Denied> judge(SendRequest request, TenantSettings settings, Instant now) {
        return PermittedCountries.of(settings).permit(request.to())
                ? Optional.empty()
                : Optional.of(new Denied(Rule.COUNTRY, Duration.ZERO));
    }
}
