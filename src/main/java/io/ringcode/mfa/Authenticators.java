package io.ringcode.mfa;

import io.ringcode.authorization.OAuthError;
import io.ringcode.authorization.OAuthRefused;
import io.ringcode.client.Caller;
import io.ringcode.enrollment.Enrollment;
import io.ringcode.enrollment.EnrollmentId;
import io.ringcode.enrollment.Enrollments;
import io.ringcode.enrollment.Factors;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A user's authenticators as the MFA API shows them: a phone once per channel, both of one device. */
@Component
class Authenticators {
    private final Enrollments enrollments;
    private final Tenants tenants;
    private final TransactionTemplate transactions;

    Authenticators(Enrollments enrollments, Tenants tenants, PlatformTransactionManager transactions) {
        this.enrollments = enrollments;
        this.tenants = tenants;
        this.transactions = new TransactionTemplate(transactions);
    }

    List<Authenticator> list(TenantId tenant, UserId user) {
        var factors = Factors.of(tenants.settings(tenant));
        var shown = new ArrayList<Authenticator>();
        for (var enrollment : enrollments.list(tenant, user)) {
            var id = enrollment.id().value();
            var active = enrollment.confirmed();
            switch (enrollment) {
                case Enrollment.Phone phone -> {
                    for (var channel : channels(phone, factors))
                        shown.add(Authenticator.phone(
                                id, channel, active, phone.number().masked()));
                }
                case Enrollment.App _ -> shown.add(Authenticator.app(id, active));
                case Enrollment.RecoveryCode _ -> shown.add(Authenticator.recoveryCode(id, active));
            }
        }
        return shown;
    }

    /** @param id with its channel; the phone's other channel goes too */
    void remove(Caller caller, UserId user, String id) {
        var bar = id.indexOf('|');
        var removed = bar > 0
                && Objects.requireNonNull(transactions.execute(
                        _ -> enrollments.remove(caller, user, new EnrollmentId(id.substring(bar + 1)))));
        if (!removed) throw new OAuthRefused(OAuthError.NO_AUTHENTICATOR);
    }

    /** The channels that reach a phone: those switched on, the one it was enrolled with first. */
    static Set<Channel> channels(Enrollment.Phone phone, Factors factors) {
        var channels = new java.util.LinkedHashSet<Channel>();
        if (factors.channels().isEmpty() || factors.channels().contains(phone.channel())) channels.add(phone.channel());
        channels.addAll(
                factors.channels().isEmpty() ? EnumSet.noneOf(Channel.class) : EnumSet.copyOf(factors.channels()));
        return channels;
    }
}
