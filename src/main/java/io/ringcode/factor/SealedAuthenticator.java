package io.ringcode.factor;

import io.ringcode.factor.AuthenticatorAdmin.Wanted;
import io.ringcode.tenant.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A phone or an app as its row keeps it, before it is said whose it is.
 *
 * @param index of a phone's number
 * @param formerIndexes under which the number may be stored that was bound before its plan changed
 * @param tail of a phone's last digits
 * @param channel of a phone
 * @param seed of an app
 */
@SuppressWarnings("ArrayRecordComponent") // as JDBC takes them; never compared
record SealedAuthenticator(
        String id,
        FactorKind kind,
        byte @Nullable [] phone,
        byte @Nullable [] index,
        List<byte[]> formerIndexes,
        byte @Nullable [] tail,
        @Nullable String channel,
        byte @Nullable [] seed) {

    static SealedAuthenticator of(TenantId tenant, AuthenticatorSecrets secrets, Wanted wanted) {
        var id = secrets.newId();
        return switch (wanted) {
            case Wanted.Phone(var _, var number, var preferred) ->
                new SealedAuthenticator(
                        id.value(),
                        FactorKind.PHONE,
                        secrets.seal(tenant, id, number),
                        secrets.index(tenant, number),
                        List.of(secrets.formerIndexes(tenant, number)),
                        secrets.tail(tenant, number.e164()),
                        preferred.wire(),
                        null);
            case Wanted.App(var _, var given) ->
                new SealedAuthenticator(
                        id.value(),
                        FactorKind.APP,
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        secrets.sealSeed(tenant, id, given));
        };
    }
}
