package io.ringcode.enrollment;

import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantSettings;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which factors a tenant has switched on, and over which channels its phones are reached.
 *
 * @param phone the factor that the Management API calls {@code sms}
 * @param channels what the message types say; SMS alone where nobody has chosen
 */
public record Factors(boolean phone, boolean app, boolean recoveryCode, Set<Channel> channels, boolean always) {
    /** Setting: the factor's name to whether it is on. */
    public static final String FACTORS = "guardian/factors";

    public static final String MESSAGE_TYPES = "guardian/factors/phone/message-types";
    public static final String POLICIES = "guardian/policies";

    /** The names of the Management API, in the order of its lists. */
    public static final List<String> NAMES = List.of(
            "sms",
            "push-notification",
            "otp",
            "email",
            "duo",
            "webauthn-roaming",
            "webauthn-platform",
            "recovery-code");

    /** What of {@link #NAMES} this server can do. */
    public static final Set<String> OFFERED = Set.of("sms", "otp", "recovery-code");

    public record Switches(Map<String, Boolean> on) {
        public static final Switches OFF = new Switches(Map.of());
    }

    public record MessageTypes(List<String> messageTypes) {
        public static final MessageTypes UNSET = new MessageTypes(List.of("sms"));
    }

    /** {@code all-applications} or {@code confidence-score}: both ask at every sign-in; none asks never. */
    public record Policies(List<String> policies) {
        public static final Policies NEVER = new Policies(List.of());
    }

    public static Factors of(TenantSettings settings) {
        var on = settings.get(FACTORS, Switches.class, Switches.OFF).on();
        var types = settings.get(MESSAGE_TYPES, MessageTypes.class, MessageTypes.UNSET);
        var policies = settings.get(POLICIES, Policies.class, Policies.NEVER);
        var channels = EnumSet.noneOf(Channel.class);
        for (var type : types.messageTypes()) Channel.of(type).ifPresent(channels::add);
        return new Factors(
                on.getOrDefault("sms", false),
                on.getOrDefault("otp", false),
                on.getOrDefault("recovery-code", false),
                Set.copyOf(channels),
                !policies.policies().isEmpty());
    }
}
