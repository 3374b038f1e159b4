package io.ringcode.action;

import io.ringcode.geoip.GeoIp;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Where a request comes from, as scripts are told: {@code geoip} is empty where no file of the operator's says it. */
@Component
class Places {
    private final GeoIp geoIp;

    Places(GeoIp geoIp) {
        this.geoIp = geoIp;
    }

    /** @param request the event's {@code request}, which gets {@code geoip}, and {@code asn} where it is known */
    void tell(ObjectNode request, @Nullable String ip) {
        var facts = geoIp.of(ip);
        var geoip = request.putObject("geoip");
        if (facts.country() != null)
            geoip.put("countryCode", facts.country())
                    .put("countryName", Locale.of("", facts.country()).getDisplayCountry(Locale.ENGLISH));
        if (facts.asn() != 0) request.put("asn", Integer.toString(facts.asn()));
    }
}
