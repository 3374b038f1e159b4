package io.ringcode.challenge;

import io.ringcode.factor.AuthenticatorId;
import io.ringcode.phone.Channel;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.tenant.TenantId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Seals and reads oob_codes. Each message gets one of its own; all those of one code lead to the same challenge. */
@Component
class OobCodes {
    /** What an oob_code stands for. */
    record Handle(UUID transaction, AuthenticatorId authenticator, int generation, Channel channel) {}

    private final Sealer sealer;

    OobCodes(Keyring keys) {
        this.sealer = keys.sealer("oob-code");
    }

    OobCode seal(TenantId tenant, Handle handle) {
        var fields = String.join(
                " ",
                handle.transaction().toString(),
                handle.authenticator().value(),
                Integer.toString(handle.generation()),
                handle.channel().wire());
        return new OobCode(sealer.sealToken(fields, tenant.value()));
    }

    /** @return empty for what this server never made, or made for another tenant */
    Optional<Handle> open(TenantId tenant, String oobCode) {
        return sealer.openToken(oobCode, tenant.value()).map(fields -> {
            var field = fields.split(" ", -1);
            return new Handle(
                    UUID.fromString(field[0]),
                    new AuthenticatorId(field[1]),
                    Integer.parseInt(field[2]),
                    Channel.of(field[3]).orElseThrow());
        });
    }
}
