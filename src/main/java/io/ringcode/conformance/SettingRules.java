package io.ringcode.conformance;

import static io.ringcode.fraud.SendLimits.Limit.NUMBER;
import static io.ringcode.fraud.SendLimits.Limit.USER;

import io.ringcode.challenge.PhoneSettings;
import io.ringcode.challenge.RememberSettings;
import io.ringcode.conformance.Judgement.Fails;
import io.ringcode.conformance.Judgement.Holds;
import io.ringcode.conformance.Judgement.NotApplicable;
import io.ringcode.delivery.carrier.SelectedProvider;
import io.ringcode.delivery.routing.RouteSettings;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.PasskeyPolicy;
import io.ringcode.factor.SignInPolicy;
import io.ringcode.factor.SignInRule;
import io.ringcode.fraud.FraudRule;
import io.ringcode.fraud.FraudRules;
import io.ringcode.fraud.NumberSettings;
import io.ringcode.fraud.RuleMode;
import io.ringcode.fraud.SendLimits;
import io.ringcode.notice.NoticeKind;
import io.ringcode.notice.NoticeSettings;
import io.ringcode.session.SessionSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Judgements of requirements that settings decide. Several lines of the standards may stand on one. */
final class SettingRules {
    /** NIST SP 800-63B-4 section 3.1.3.2, ASVS 6.5.5. */
    private static final Duration LONGEST_CODE = Duration.ofMinutes(10);

    private static final int FEWEST_DIGITS = 6;
    /** NIST SP 800-63B-4 section 2.2.3. */
    private static final Duration LONGEST_SESSION = Duration.ofHours(24);

    private static final Duration LONGEST_IDLE = Duration.ofHours(1);
    /** To one person, at once and in an hour. No standard names a number; whoever signs in needs no more than this. */
    private static final int MOST_MESSAGES = 30;

    private static final NotApplicable NO_PHONE = new NotApplicable("The phone factor is off.");
    private static final NotApplicable NO_RECOVERY_CODE = new NotApplicable("The recovery code is off.");

    private SettingRules() {}

    /** @param fact what the product does, whatever is set */
    static Function<TenantConfiguration, Judgement> always(String fact) {
        return _ -> new Holds(fact);
    }

    static Function<TenantConfiguration, Judgement> never(String fact) {
        return _ -> new Fails(fact);
    }

    static Function<TenantConfiguration, Judgement> elsewhere(String reason) {
        return _ -> new NotApplicable(reason);
    }

    static Function<TenantConfiguration, Judgement> withPhone(String fact) {
        return withPhone(always(fact));
    }

    static Function<TenantConfiguration, Judgement> withPhone(Function<TenantConfiguration, Judgement> rule) {
        return tenant -> tenant.isOn(FactorKind.PHONE) ? rule.apply(tenant) : NO_PHONE;
    }

    static Function<TenantConfiguration, Judgement> withRecoveryCode(Function<TenantConfiguration, Judgement> rule) {
        return tenant -> tenant.isOn(FactorKind.RECOVERY_CODE) ? rule.apply(tenant) : NO_RECOVERY_CODE;
    }

    static Judgement codeLife(TenantConfiguration tenant) {
        var life = PhoneSettings.of(tenant.settings()).life();
        return Judgement.of(
                life.compareTo(LONGEST_CODE) <= 0,
                "Codes live " + life.toSeconds() + " seconds (otp_expiration_time); the most is "
                        + LONGEST_CODE.toSeconds() + ".");
    }

    static Judgement codeLength(TenantConfiguration tenant) {
        var digits = PhoneSettings.of(tenant.settings()).otpLength();
        return Judgement.of(
                digits >= FEWEST_DIGITS,
                "Codes have " + digits + " digits (otp_length); the fewest are " + FEWEST_DIGITS + ".");
    }

    static Judgement sessionLife(TenantConfiguration tenant) {
        var life = SessionSettings.of(tenant.settings()).life();
        return Judgement.of(
                life.compareTo(LONGEST_SESSION) <= 0,
                "Sessions end after " + hours(life) + " (session_lifetime); the most is " + hours(LONGEST_SESSION)
                        + ".");
    }

    static Judgement sessionIdle(TenantConfiguration tenant) {
        var idle = SessionSettings.of(tenant.settings()).idle();
        return Judgement.of(
                idle.compareTo(LONGEST_IDLE) <= 0,
                "Sessions end after " + hours(idle) + " without use (idle_session_lifetime); the most is "
                        + hours(LONGEST_IDLE) + ".");
    }

    static Judgement rememberedBrowsers(TenantConfiguration tenant) {
        var settings = RememberSettings.of(tenant.settings());
        if (!settings.displayRememberMeCheckbox())
            return new Holds("No browser is remembered (display_remember_me_checkbox is false).");
        var life = Duration.ofSeconds(settings.mfaSessionOverallTimeout());
        return Judgement.of(
                life.compareTo(LONGEST_SESSION) <= 0,
                "A browser stands for the second factor for " + hours(life)
                        + " (mfa_session_overall_timeout); the most is " + hours(LONGEST_SESSION) + ".");
    }

    private static String hours(Duration time) {
        var hours = time.toSeconds() / 3600.0;
        var text = hours == Math.rint(hours) ? Long.toString((long) hours) : Double.toString(hours);
        return text + (hours == 1 ? " hour" : " hours");
    }

    static Judgement passkeys(TenantConfiguration tenant) {
        return tenant.hasPasskeys()
                ? new Holds("Security keys or devices are on (webauthn-roaming, webauthn-platform).")
                : new Fails("Security keys and devices are off (webauthn-roaming, webauthn-platform).");
    }

    static Judgement besidePhone(TenantConfiguration tenant) {
        return tenant.isOn(FactorKind.APP) || tenant.hasPasskeys()
                ? new Holds("Beside the phone an authenticator app or a passkey is on (otp, webauthn-roaming,"
                        + " webauthn-platform).")
                : new Fails("Beside the phone neither an authenticator app nor a passkey is on (otp, webauthn-roaming,"
                        + " webauthn-platform).");
    }

    static Judgement noPhone(TenantConfiguration tenant) {
        return tenant.isOn(FactorKind.PHONE)
                ? new Fails("The phone factor is on (sms).")
                : new Holds("The phone factor is off (sms).");
    }

    /** Somebody's own line, and not this server's own inbox or a number that belongs to a service. */
    static Judgement receiver(TenantConfiguration tenant) {
        var settings = tenant.settings();
        var selected = settings.get(SelectedProvider.SETTING, SelectedProvider.class, SelectedProvider.UNSET);
        var routed = RouteSettings.of(settings).routes().stream()
                .anyMatch(route -> route.providers().stream()
                        .anyMatch(provider -> provider.equals(SelectedProvider.UNSET.provider())));
        if (selected.equals(SelectedProvider.UNSET) || routed)
            return new Fails("Messages go to the inbox for trials (the provider auth0), and to nobody's phone.");
        var kinds = NumberSettings.of(settings).permittedKinds();
        return kinds.isEmpty()
                ? new Holds("Messages go by " + selected.provider()
                        + ", and no kind of number is permitted that is nobody's own line (permitted_kinds).")
                : new Fails("Numbers that are nobody's own line are permitted (permitted_kinds: "
                        + kinds.stream().sorted().collect(Collectors.joining(", ")) + ").");
    }

    static Judgement codeNotFirst(TenantConfiguration tenant) {
        return tenant.codeFirst()
                ? new Fails("A message begins with its code, which a locked phone shows first (verification_message).")
                : new Holds("A message has words before its code (verification_message).");
    }

    static Judgement wayOffThePhone(TenantConfiguration tenant) {
        var plan = PasskeyPolicy.of(tenant.settings());
        if (plan.required().equals(PasskeyPolicy.PHISHING_RESISTANT))
            return new Holds("A passkey is required of whoever has one (required is phishing-resistant).");
        if (plan.phoneUntil() != null)
            return new Holds(
                    "A phone suffices until " + plan.phoneUntil() + " (phone_until) for whoever has a passkey.");
        return plan.offer() && tenant.hasPasskeys()
                ? new Holds("After a code people are asked to bind their device (offer is true).")
                : new Fails("There is no plan: no passkey is required, no day is set, and nobody is asked to bind a"
                        + " device (required, phone_until, offer).");
    }

    static Judgement secondMethod(TenantConfiguration tenant) {
        var offer = PasskeyPolicy.of(tenant.settings()).offer();
        return Judgement.of(
                offer && tenant.hasPasskeys(),
                "After a code people are "
                        + (offer && tenant.hasPasskeys()
                                ? "asked to bind their device beside it"
                                : "not asked to bind anything beside it")
                        + " (offer is " + offer + ").");
    }

    static Judgement messagesToOne(TenantConfiguration tenant) {
        var limits = SendLimits.of(tenant.settings());
        for (var limit : List.of(USER, NUMBER)) {
            var bucket = limits.get(limit);
            if (bucket.size() > MOST_MESSAGES || bucket.perHour() > MOST_MESSAGES)
                return new Fails("The limit " + limit.wire() + " lets " + bucket.size() + " messages go at once and "
                        + bucket.perHour() + " in an hour; the most is " + MOST_MESSAGES + ".");
        }
        var user = limits.get(USER);
        return new Holds("One user gets " + user.size() + " messages at once and " + user.perHour()
                + " in an hour (the limit user); the most is " + MOST_MESSAGES + ".");
    }

    static Judgement fraudRules(TenantConfiguration tenant) {
        var rules = FraudRules.of(tenant.settings());
        var idle = Arrays.stream(FraudRule.values())
                .filter(rule -> FraudRules.DEFAULT.mode(rule) == RuleMode.ON && rules.mode(rule) != RuleMode.ON)
                .map(rule -> rule.wire() + " is " + rules.mode(rule).wire())
                .toList();
        return idle.isEmpty()
                ? new Holds("Every rule against SMS pumping acts that acts on a new tenant.")
                : new Fails("Rules against SMS pumping do not act: " + String.join(", ", idle) + ".");
    }

    static Function<TenantConfiguration, Judgement> told(NoticeKind... kinds) {
        return tenant -> {
            if (!tenant.mails())
                return new Fails("No mail server is set up, so that who has one phone alone is told nothing.");
            var settings = NoticeSettings.of(tenant.settings());
            var off = Arrays.stream(kinds)
                    .filter(kind -> !settings.isOn(kind))
                    .map(NoticeKind::wire)
                    .toList();
            return off.isEmpty()
                    ? new Holds("Owners are told, by mail and on their other phones (no such kind is off).")
                    : new Fails("Owners are not told of " + String.join(", ", off) + " (off).");
        };
    }

    static Judgement everybodyAsked(TenantConfiguration tenant) {
        var factors = tenant.factors();
        if (factors.offered().isEmpty())
            return new Fails("No factor is on that people could set up (guardian/factors).");
        if (!factors.always()) return new Fails("No second factor is asked for (guardian/policies is empty).");
        var spared = SignInPolicy.of(tenant.settings()).rules().stream()
                .anyMatch(rule -> rule.ask().equals(SignInRule.NOTHING));
        return spared
                ? new Fails("A rule asks some people for nothing beside the password (guardian/sign-in-policy).")
                : new Holds("A second factor is asked for at every sign-in (guardian/policies), and no rule spares"
                        + " anybody.");
    }

    static Judgement failedAction(TenantConfiguration tenant) {
        var outcome = SignInPolicy.of(tenant.settings()).failedAction();
        return Judgement.of(
                !outcome.equals(SignInPolicy.IGNORE), "An action that fails comes to " + outcome + " (failed_action).");
    }

    static Judgement logLeaves(TenantConfiguration tenant) {
        var count = tenant.logStreams();
        return Judgement.of(
                count > 0,
                "Log streams that carry the log to another system: " + (count == 0 ? "none" : "" + count) + ".");
    }

    static Judgement signingKeysTurn(TenantConfiguration tenant) {
        var period = tenant.signingKeyPeriod();
        return period == null
                ? new Fails("Signing keys sign until somebody rotates them (RINGCODE_SIGNING_KEY_DAYS is not set).")
                : new Holds("Signing keys turn every " + period.toDays() + " days (RINGCODE_SIGNING_KEY_DAYS).");
    }

    static Judgement noLocalPhone(TenantConfiguration tenant) {
        return tenant.localPhone()
                ? new Fails("The local phone shows every code to whoever looks (RINGCODE_DEV).")
                : new Holds("There is no local phone, and there are no codes for tests (RINGCODE_DEV is off).");
    }
}
