package io.ringcode.login.step;

import io.ringcode.authorization.Session;
import io.ringcode.client.Apis;
import io.ringcode.enrollment.Enrollment;
import io.ringcode.enrollment.Enrollments;
import io.ringcode.enrollment.Factors;
import io.ringcode.login.page.Screen.Factor;
import io.ringcode.session.LoginRequest;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Whether a second factor is due, which of the user's count, and which could be bound. */
@Component
public class FactorPolicy {
    private final Tenants tenants;
    private final Enrollments enrollments;

    FactorPolicy(Tenants tenants, Enrollments enrollments) {
        this.tenants = tenants;
        this.enrollments = enrollments;
    }

    Factors factors(TenantId tenant) {
        return Factors.of(tenants.settings(tenant));
    }

    /** Whether what was proved is too little for what is wished. */
    public boolean demands(TenantId tenant, UserId user, List<String> amr, LoginRequest loginRequest) {
        if (amr.contains("mfa")) return false;
        if (insists(loginRequest)) return true;
        if (!factors(tenant).always() || amr.contains(Session.REMEMBERED)) return false;
        return !usable(tenant, user).isEmpty() || !offered(tenant).isEmpty();
    }

    /** Whether a second factor is asked whatever the tenant's policy and whichever browser is remembered. */
    static boolean insists(LoginRequest loginRequest) {
        return switch (loginRequest.kind()) {
            case SIGN_IN, SIGN_UP -> loginRequest.multiFactor() || Objects.equals(loginRequest.audience(), Apis.MFA);
            case CONSOLE, SECOND_FACTOR, TICKET -> true;
        };
    }

    /** The authenticators that may prove this user, the one used last first; a recovery code only beside another. */
    public List<Enrollment> usable(TenantId tenant, UserId user) {
        var factors = factors(tenant);
        var usable = new ArrayList<Enrollment>();
        Enrollment recovery = null;
        for (var enrollment : enrollments.list(tenant, user)) {
            if (!enrollment.confirmed()) continue;
            switch (enrollment) {
                case Enrollment.Phone _
                when factors.phone() && !factors.channels().isEmpty() -> usable.add(enrollment);
                case Enrollment.App _ when factors.app() -> usable.add(enrollment);
                case Enrollment.RecoveryCode _ when factors.recoveryCode() -> recovery = enrollment;
                default -> {}
            }
        }
        if (!usable.isEmpty() && recovery != null) usable.add(recovery);
        return usable;
    }

    /** What a user of this tenant can bind. */
    List<Factor> offered(TenantId tenant) {
        var factors = factors(tenant);
        var offered = new ArrayList<Factor>();
        if (factors.phone() && factors.channels().size() > 1) offered.add(Factor.PHONE);
        else if (factors.phone())
            for (var channel : factors.channels())
                offered.add(channel == io.ringcode.phone.Channel.VOICE ? Factor.VOICE : Factor.SMS);
        if (factors.app()) offered.add(Factor.OTP);
        return offered;
    }
}
