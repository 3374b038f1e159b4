package io.ringcode.log.chain;

import io.ringcode.schedule.RecurringTask;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** Signs the head of each chain that has grown, once a minute, so that it can be kept elsewhere. */
@Component
public class LogHeads implements RecurringTask {
    private final HeadTable table;
    private final Keyring keys;
    private final Clock clock;

    LogHeads(HeadTable table, Keyring keys, Clock clock) {
        this.table = table;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "log-heads";
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Servers servers() {
        return Servers.ONE;
    }

    @Override
    public void run() {
        table.unsigned()
                .forEach((tenant, end) ->
                        table.insert(SignedHead.sign(HeadKey.of(keys, tenant), tenant, end, clock.instant())));
    }

    /** @param before the place that they stand before, the newest first */
    public List<SignedHead> list(TenantId tenant, long before, int size) {
        return table.list(tenant, before, size);
    }

    /**
     * The public key that a tenant's heads are checked with, as a JWK (RFC 8037).
     *
     * @param x the key itself
     */
    public record PublicKey(String kty, String crv, String x, String kid, String alg, String use) {}

    public PublicKey key(TenantId tenant) {
        var key = HeadKey.of(keys, tenant);
        return new PublicKey("OKP", "Ed25519", key.x(), key.id(), "EdDSA", "sig");
    }
}
