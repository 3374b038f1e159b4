package io.ringcode.delivery.carrier;

import io.ringcode.server.settings.Settings;
import io.ringcode.server.settings.StartRefused;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Refuses to start with another address for a carrier that there is not. */
@Component
class AddressCheck implements SmartInitializingSingleton {
    private final Settings settings;
    private final Carriers carriers;

    AddressCheck(Settings settings, Carriers carriers) {
        this.settings = settings;
        this.carriers = carriers;
    }

    @Override
    public void afterSingletonsInstantiated() {
        var unknown = settings.carrierBaseUrls().keySet().stream()
                .filter(name -> carriers.named(name).isEmpty())
                .sorted()
                .toList();
        if (unknown.isEmpty()) return;
        var known = String.join(
                ", ", carriers.all().stream().map(Carrier::addressVariable).toList());
        throw StartRefused.settings(unknown.stream()
                .map(name -> Carrier.addressVariable(name) + ": there is no such carrier; there are " + known)
                .toList());
    }
}
