package io.ringcode.factor;

import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which factors a tenant has switched on, and over which channels its phones are reached.
 *
 * @param on the kinds whose switch is on
 * @param channels what the message types say; SMS alone where nobody has chosen
 */
public record Factors(Set<FactorKind> on, Set<Channel> channels, boolean always) {
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
    public static final Set<String> OFFERED =
            Arrays.stream(FactorKind.values()).map(FactorKind::setting).collect(Collectors.toUnmodifiableSet());

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

    /**
     * Whether anybody can use this kind now. A phone that no channel reaches is of no use, and a device's biometrics are never
     * the only kind: who loses the device needs another way in.
     */
    public boolean isOn(FactorKind kind) {
        return switch (kind) {
            case PHONE -> on.contains(kind) && !channels.isEmpty();
            case APP, WEBAUTHN_ROAMING, RECOVERY_CODE -> on.contains(kind);
            case WEBAUTHN_PLATFORM -> on.contains(kind) && !offered().isEmpty();
        };
    }

    /** The kinds that can be bound first. A recovery code is not bound by itself, nor what works on one device only. */
    public Set<FactorKind> offered() {
        var offered = EnumSet.noneOf(FactorKind.class);
        for (var kind : List.of(FactorKind.PHONE, FactorKind.APP, FactorKind.WEBAUTHN_ROAMING))
            if (isOn(kind)) offered.add(kind);
        return offered;
    }

    /** The channels that reach a phone now. */
    public List<Channel> inOrder() {
        return on.contains(FactorKind.PHONE)
                ? Arrays.stream(Channel.values()).filter(channels::contains).toList()
                : List.of();
    }

    /** The same, the usual one of a phone first. */
    public List<Channel> channels(Channel usual) {
        if (!on.contains(FactorKind.PHONE)) return List.of();
        var reaching = new ArrayList<Channel>();
        if (channels.contains(usual)) reaching.add(usual);
        for (var channel : Channel.values()) if (channels.contains(channel) && channel != usual) reaching.add(channel);
        return reaching;
    }

    public static Factors of(TenantSettings settings) {
        var switches = settings.get(FACTORS, Switches.class, Switches.OFF).on();
        var on = EnumSet.noneOf(FactorKind.class);
        for (var kind : FactorKind.values()) if (switches.getOrDefault(kind.setting(), false)) on.add(kind);
        var types = settings.get(MESSAGE_TYPES, MessageTypes.class, MessageTypes.UNSET);
        var policies = settings.get(POLICIES, Policies.class, Policies.NEVER);
        var channels = EnumSet.noneOf(Channel.class);
        for (var type : types.messageTypes()) Channel.of(type).ifPresent(channels::add);
        return new Factors(
                Set.copyOf(on), Set.copyOf(channels), !policies.policies().isEmpty());
    }
}
