package io.ringcode.fraud;

import io.ringcode.fraud.SendRequest.Ownership;
import io.ringcode.fraud.traffic.Ask;
import io.ringcode.fraud.traffic.Networks;
import io.ringcode.geoip.GeoIp;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import java.nio.ByteBuffer;
import org.springframework.stereotype.Component;

/** Messages as the traffic counts them: numbers, accounts and addresses as keyed hashes, of each tenant its own. */
@Component
class AskedTraffic {
    private final GeoIp geoIp;
    private final KeyedHash hash;

    AskedTraffic(Keyring keys, GeoIp geoIp) {
        this.geoIp = geoIp;
        this.hash = keys.hash("fraud-traffic");
    }

    Ask of(SendRequest request) {
        var tenant = request.tenant().value();
        var e164 = request.to().e164();
        var country = request.to().likelyRegion();
        var user = request.user();
        var address = request.address();
        var networks = address == null ? null : Networks.of(address);
        var facts = geoIp.of(address);
        return new Ask(
                request.login(),
                key(tenant, "number", e164),
                user == null ? null : (Long) key(tenant, "account", user.value()),
                e164.substring(0, e164.length() - 2),
                country == null ? e164.substring(0, 4) : country,
                request.channel().isSpoken(),
                request.to().isInKnownRange(),
                request.ownership() == Ownership.CONFIRMED,
                address == null ? null : (Long) address(request, address),
                networks == null ? null : (Long) key(tenant, "network", networks.near()),
                networks == null || networks.wide() == null
                        ? null
                        : (Long) key(tenant, "wide-network", networks.wide()),
                facts.asn(),
                facts.hosting());
    }

    private long key(String tenant, String kind, String value) {
        return ByteBuffer.wrap(hash.of(tenant, kind, value)).getLong();
    }

    long address(SendRequest request, String address) {
        return key(request.tenant().value(), "address", address);
    }
}
