package io.ringcode.authorization;

import io.ringcode.client.Apis;
import io.ringcode.enrollment.Enrollment;
import io.ringcode.enrollment.Enrollments;
import io.ringcode.enrollment.Factors;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether a sign-in needs a second factor, and which are open to the user. */
@Component
public class SecondFactor {
    private final Tenants tenants;
    private final Enrollments enrollments;

    SecondFactor(Tenants tenants, Enrollments enrollments) {
        this.tenants = tenants;
        this.enrollments = enrollments;
    }

    /**
     * What an application is told beside {@code mfa_required}.
     *
     * @param kind {@code challenge} for a user who has a factor, {@code enroll} for one who has none
     */
    public record Requirements(String kind, List<String> types) {
        Map<String, Object> members(String mfaToken) {
            var list = types.stream().map(type -> Map.of("type", type)).toList();
            return Map.of("mfa_token", mfaToken, "mfa_requirements", Map.of(kind, list));
        }
    }

    /** @return empty when the first factor is enough */
    public Optional<Requirements> demanded(TenantId tenant, UserId user, @Nullable String audience) {
        var factors = Factors.of(tenants.settings(tenant));
        var forMfaApi = Objects.equals(audience, Apis.MFA);
        if (!factors.always() && !forMfaApi) return Optional.empty();
        var usable = usable(enrollments.list(tenant, user), factors);
        if (!usable.isEmpty()) return Optional.of(new Requirements("challenge", usable));
        var offered = new ArrayList<String>();
        if (factors.phone() && !factors.channels().isEmpty()) offered.add("phone");
        if (factors.app()) offered.add("otp");
        // A user without a factor is let to the MFA API, to bind the first one.
        return forMfaApi || offered.isEmpty() ? Optional.empty() : Optional.of(new Requirements("enroll", offered));
    }

    private static List<String> usable(List<Enrollment> enrolled, Factors factors) {
        var types = new ArrayList<String>();
        for (var enrollment : enrolled) {
            var type = !enrollment.confirmed()
                    ? null
                    : switch (enrollment) {
                        case Enrollment.Phone _ -> factors.phone() ? "phone" : null;
                        case Enrollment.App _ -> factors.app() ? "otp" : null;
                        case Enrollment.RecoveryCode _ -> null;
                    };
            if (type != null && !types.contains(type)) types.add(type);
        }
        var recovery = enrolled.stream().anyMatch(one -> one instanceof Enrollment.RecoveryCode && one.confirmed());
        if (!types.isEmpty() && recovery && factors.recoveryCode()) types.add("recovery-code");
        return types;
    }
}
