package io.ringcode.authorization;

import io.ringcode.client.Api;
import io.ringcode.schedule.RecurringTask;
import io.ringcode.server.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Keeps a next signing key ready for every tenant, so that whoever caches key sets knows it before it signs; and, where the operator set
 * a period, rotates by it and revokes what was replaced once no token of it can be valid any more.
 */
@Component
class SigningKeySchedule implements RecurringTask {
    private static final int TENANTS_A_RUN = 100;

    private final SigningKeyTable table;
    private final SigningKeyRotation rotation;
    private final Settings settings;
    private final Clock clock;

    SigningKeySchedule(SigningKeyTable table, SigningKeyRotation rotation, Settings settings, Clock clock) {
        this.table = table;
        this.rotation = rotation;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "signing-keys";
    }

    @Override
    public Duration period() {
        return Duration.ofHours(1);
    }

    @Override
    public Servers servers() {
        return Servers.ONE;
    }

    @Override
    public void run() {
        var now = clock.instant();
        var period = settings.signingKeyPeriod();
        var signingSince = period == null ? Instant.EPOCH : now.minus(period);
        var previousSince = period == null ? Instant.EPOCH : now.minusSeconds(Api.LONGEST_TOKEN_LIFE);
        IllegalStateException damaged = null;
        for (var tenant : table.due(signingSince, previousSince, TENANTS_A_RUN)) {
            try {
                rotation.keepUp(tenant, signingSince, previousSince);
            } catch (IllegalStateException failure) {
                // A key that does not open is told at the end: the tenants behind it have a turn all the same.
                if (damaged == null) damaged = failure;
            }
        }
        if (damaged != null) throw damaged;
    }
}
