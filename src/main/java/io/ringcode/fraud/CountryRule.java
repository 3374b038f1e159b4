package io.ringcode.fraud;

import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Rule;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Send rule: only to the countries that the tenant permits, by the list that says most of the channel and the application. */
@Component
@Order(1)
class CountryRule implements StatelessRule {
    @Override
    public Optional<Denied> judge(Asked message) {
        var to = message.request().to();
        var permitted = NumberSettings.of(message.settings())
                .countriesFor(message.request())
                .map(own -> PermittedCountries.permit(to, own.list(), own.mode()))
                .orElseGet(() -> PermittedCountries.of(message.settings()).permit(to));
        return permitted ? Optional.empty() : Optional.of(new Denied(Rule.COUNTRY, Duration.ZERO));
    }
}
