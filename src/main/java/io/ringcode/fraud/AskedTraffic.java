package io.ringcode.fraud;

import io.ringcode.budget.Budgets;
import io.ringcode.fraud.SendRequest.Ownership;
import io.ringcode.fraud.traffic.Circumstances;
import io.ringcode.fraud.traffic.Circumstances.AccountAge;
import io.ringcode.fraud.traffic.Circumstances.FormTime;
import io.ringcode.fraud.traffic.MessageRequest;
import io.ringcode.fraud.traffic.Networks;
import io.ringcode.fraud.traffic.Scope;
import io.ringcode.fraud.traffic.ScopeKind;
import io.ringcode.geoip.GeoIp;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.Users;
import io.ringcode.user.Users.UserKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Messages as the traffic counts them: numbers, accounts and addresses as keyed hashes, of each tenant its own. */
@Component
class AskedTraffic {
    private final GeoIp geoIp;
    private final Budgets budgets;
    private final Users users;
    private final KeyedHash hash;

    AskedTraffic(Keyring keys, GeoIp geoIp, Budgets budgets, Users users) {
        this.geoIp = geoIp;
        this.budgets = budgets;
        this.users = users;
        this.hash = keys.hash("fraud-traffic");
    }

    /**
     * When the accounts that claim a number were made, with one statement for all: who signs in by a number of his own is known by that.
     * Those that are not users here are not among them.
     */
    Map<UserKey, Instant> accounts(Collection<SendRequest> requests) {
        var claiming = new HashSet<UserKey>();
        for (var request : requests) {
            var user = request.user();
            if (request.ownership() == Ownership.CLAIMED && user != null)
                claiming.add(new UserKey(request.tenant(), user));
        }
        return users.createdAt(claiming);
    }

    private Circumstances circumstances(SendRequest request, Map<UserKey, Instant> accounts, Instant now) {
        var user = request.user();
        var createdAt = user == null ? null : accounts.get(new UserKey(request.tenant(), user));
        return new Circumstances(
                AccountAge.of(createdAt == null ? null : Duration.between(createdAt, now)),
                FormTime.of(request.formTime()),
                budgets.knownPrice(request.tenant(), request.to(), request.channel())
                        .map(price -> price.amount().doubleValue())
                        .orElse(0.0));
    }

    /** @param accounts when they were made, as far as that is known */
    MessageRequest of(SendRequest request, Map<UserKey, Instant> accounts, Instant now) {
        var tenant = request.tenant().value();
        var e164 = request.to().e164();
        var country = request.to().likelyRegion();
        var user = request.user();
        var address = request.address();
        var networks = address == null ? null : Networks.of(address);
        var facts = geoIp.of(address);
        return new MessageRequest(
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
                facts.hosting(),
                circumstances(request, accounts, now));
    }

    /** What messages that are asked for from an address have in common. */
    List<Scope> origins(TenantId tenant, String address) {
        var scopes = new ArrayList<Scope>();
        scopes.add(scope(ScopeKind.ADDRESS, key(tenant.value(), "address", address)));
        var networks = Networks.of(address);
        if (networks == null) return scopes;
        scopes.add(scope(ScopeKind.NETWORK, key(tenant.value(), "network", networks.near())));
        if (networks.wide() != null)
            scopes.add(scope(ScopeKind.WIDE_NETWORK, key(tenant.value(), "wide-network", networks.wide())));
        return scopes;
    }

    private static Scope scope(ScopeKind kind, long key) {
        return new Scope(kind, Long.toHexString(key));
    }

    private long key(String tenant, String kind, String value) {
        return ByteBuffer.wrap(hash.of(tenant, kind, value)).getLong();
    }

    long address(SendRequest request, String address) {
        return key(request.tenant().value(), "address", address);
    }
}
