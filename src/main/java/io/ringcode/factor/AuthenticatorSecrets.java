package io.ringcode.factor;

import io.ringcode.phone.PhoneNumber;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.RandomText;
import io.ringcode.secret.Sealer;
import io.ringcode.tenant.TenantId;
import org.springframework.stereotype.Component;

/** How numbers and seeds are kept: sealed for their row, and a number's blind index beside it. */
@Component
class AuthenticatorSecrets {
    private final Sealer phones;
    private final Sealer seeds;
    private final KeyedHash phoneIndex;
    private final RandomText random;

    AuthenticatorSecrets(Keyring keys, RandomText random) {
        this.phones = keys.sealer("enrollment-phone");
        this.seeds = keys.sealer("enrollment-seed");
        this.phoneIndex = keys.hash("enrollment-phone");
        this.random = random;
    }

    AuthenticatorId newId() {
        return new AuthenticatorId("dev_" + random.mixed(16));
    }

    /** Base32, 160 bits. */
    String newSeed() {
        return random.base32(32);
    }

    byte[] index(TenantId tenant, PhoneNumber number) {
        return phoneIndex.index(tenant.value(), number.e164());
    }

    /** In each form that the number may have been stored in. */
    byte[][] formerIndexes(TenantId tenant, PhoneNumber number) {
        return number.storedAs().stream()
                .skip(1)
                .map(form -> phoneIndex.index(tenant.value(), form))
                .toArray(byte[][]::new);
    }

    byte[][] indexes(TenantId tenant, PhoneNumber number) {
        return number.storedAs().stream()
                .map(form -> phoneIndex.index(tenant.value(), form))
                .toArray(byte[][]::new);
    }

    /** Of the last four digits, which are what a masked number shows. */
    byte[] tail(TenantId tenant, String e164) {
        return phoneIndex.index(tenant.value(), "last digits", e164.substring(e164.length() - 4));
    }

    byte[] seal(TenantId tenant, AuthenticatorId id, PhoneNumber number) {
        return phones.seal(number.e164(), tenant.value(), id.value());
    }

    PhoneNumber openPhone(TenantId tenant, AuthenticatorId id, byte[] sealed) {
        return PhoneNumber.stored(phones.openOwn(sealed, tenant.value(), id.value()));
    }

    byte[] sealSeed(TenantId tenant, AuthenticatorId id, String seed) {
        return seeds.seal(seed, tenant.value(), id.value());
    }

    String openSeed(TenantId tenant, AuthenticatorId id, byte[] sealed) {
        return seeds.openOwn(sealed, tenant.value(), id.value());
    }
}
