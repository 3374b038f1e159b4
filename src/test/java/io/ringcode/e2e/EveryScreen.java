package io.ringcode.e2e;

import io.ringcode.factor.FactorKind;
import io.ringcode.factor.OtpAuth;
import io.ringcode.fraud.ProofOfWork;
import io.ringcode.login.page.AccountScreen;
import io.ringcode.login.page.AccountScreen.Method;
import io.ringcode.login.page.AppScreen.AppChallenge;
import io.ringcode.login.page.AppScreen.AppEnrollment;
import io.ringcode.login.page.EndScreen.Denial;
import io.ringcode.login.page.EndScreen.EnrollOutcome;
import io.ringcode.login.page.EndScreen.EnrollResult;
import io.ringcode.login.page.EndScreen.Failure;
import io.ringcode.login.page.EndScreen.FormPost;
import io.ringcode.login.page.EndScreen.LockedOut;
import io.ringcode.login.page.EndScreen.LoggedOut;
import io.ringcode.login.page.EndScreen.NotMe;
import io.ringcode.login.page.EndScreen.Onward;
import io.ringcode.login.page.EndScreen.ResetOutcome;
import io.ringcode.login.page.EndScreen.ResetResult;
import io.ringcode.login.page.EndScreen.ResetSent;
import io.ringcode.login.page.EndScreen.Trouble;
import io.ringcode.login.page.LossScreen.BoundPhone;
import io.ringcode.login.page.LossScreen.LossTold;
import io.ringcode.login.page.LossScreen.LostPhone;
import io.ringcode.login.page.PhoneScreen.CodeChallenge;
import io.ringcode.login.page.PhoneScreen.Country;
import io.ringcode.login.page.PhoneScreen.MessageState;
import io.ringcode.login.page.PhoneScreen.PhoneChallenge;
import io.ringcode.login.page.PhoneScreen.PhoneEnrollment;
import io.ringcode.login.page.PhoneScreen.PhoneList;
import io.ringcode.login.page.PhoneScreen.ProvePerson;
import io.ringcode.login.page.Problem;
import io.ringcode.login.page.RecoveryCodeScreen.RecoveryCodeChallenge;
import io.ringcode.login.page.RecoveryCodeScreen.RecoveryCodeShown;
import io.ringcode.login.page.Screen;
import io.ringcode.login.page.Screen.EnrollOptions;
import io.ringcode.login.page.Screen.Factor;
import io.ringcode.login.page.Screen.LogIn;
import io.ringcode.login.page.Screen.LoginOptions;
import io.ringcode.login.page.Screen.NewPassword;
import io.ringcode.login.page.Screen.Remember;
import io.ringcode.login.page.Screen.ResetRequest;
import io.ringcode.login.page.Screen.SignUp;
import io.ringcode.login.page.WebAuthnScreen.KeyChallenge;
import io.ringcode.login.page.WebAuthnScreen.KeyEnrollment;
import io.ringcode.login.page.WebAuthnScreen.KeyError;
import io.ringcode.login.page.WebAuthnScreen.KeyNickname;
import io.ringcode.login.page.WebAuthnScreen.KeyNotAvailable;
import io.ringcode.login.page.WebAuthnScreen.Leave;
import io.ringcode.phone.Channel;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every screen as it comes, with all that can be wrong on it, and with all that it can offer. */
final class EveryScreen {
    private static final String MASKED = "XXXXXXXX0123";
    private static final String RECOVERY = "Y2LH54TIH25YCSEOYGNCVDMR";
    private static final String SEED = "OBISTIFU3PPJI6JQXRP2B3IXJROJRFJZ";
    private static final List<Channel> BOTH = List.of(Channel.SMS, Channel.VOICE);
    private static final Remember REMEMBER = new Remember(true, Duration.ofDays(30));
    private static final Map<String, String> WAIT = Map.of("minutes", "42");

    private final Map<String, Screen> all = new LinkedHashMap<>();
    private final List<Country> countries;

    private EveryScreen(List<Country> countries) {
        this.countries = countries;
    }

    /** @return by a name for its picture */
    static Map<String, Screen> with(List<Country> countries) {
        var screens = new EveryScreen(countries);
        screens.password();
        screens.enrolling();
        screens.challenges();
        screens.codes(Channel.SMS, "sms");
        screens.codes(Channel.VOICE, "voice");
        screens.apps();
        screens.keys();
        screens.recovery();
        screens.account();
        screens.ends();
        return screens.all;
    }

    private void password() {
        all.put("login", new LogIn(null, true, true, List.of()));
        all.put(
                "login-empty",
                new LogIn(
                        null,
                        false,
                        false,
                        List.of(Problem.of("username", "no-username"), Problem.of("password", "no-password"))));
        all.put(
                "login-wrong",
                new LogIn("ada@example.com", true, true, List.of(Problem.of("password", "wrong-credentials"))));
        all.put("login-throttled", new LogIn("ada@example.com", true, true, whole("too-many-logins", WAIT)));
        all.put("reset-password-request", new ResetRequest(null, List.of()));
        all.put(
                "reset-password-request-wrong",
                new ResetRequest("ada@example", List.of(Problem.of("email", "invalid-email"))));
        all.put("reset-password-email", new ResetSent());
        all.put("reset-password", new NewPassword(List.of()));
        all.put("reset-password-wrong", new NewPassword(List.of(Problem.of("password", "common-password"))));
        for (var outcome : ResetOutcome.values())
            all.put("reset-password-" + outcome.name().toLowerCase(Locale.ROOT), new ResetResult(outcome));
        for (var denial : Denial.values())
            all.put("not-me-" + denial.name().toLowerCase(Locale.ROOT), new NotMe(denial, "0"));
        all.put("signup", new SignUp(null, List.of()));
        all.put(
                "signup-wrong",
                new SignUp(
                        "ada@example",
                        List.of(
                                Problem.of("email", "invalid-email"),
                                new Problem("password", "weak-password", Map.of("length", "8")))));
        all.put("signup-common", new SignUp("ada@example.com", List.of(Problem.of("password", "common-password"))));
        all.put("signup-taken", new SignUp("ada@example.com", List.of(Problem.of("email", "user-exists"))));
    }

    private void enrolling() {
        all.put("enroll-options", new EnrollOptions(List.of(Factor.PHONE, Factor.OTP), false, List.of()));
        all.put("enroll-options-one", new EnrollOptions(List.of(Factor.over(Channel.SMS)), false, List.of()));
        all.put("enroll-options-recovered", new EnrollOptions(List.of(Factor.PHONE, Factor.OTP), true, List.of()));
        all.put(
                "enroll-options-other-factor",
                new EnrollOptions(List.of(Factor.PHONE, Factor.OTP), false, whole("other-factor-asked", Map.of())));
        all.put("phone-enrollment", phone(BOTH, null, null, true, List.of()));
        all.put("phone-enrollment-sms", phone(List.of(Channel.SMS), "DE", "0151 2345678", true, List.of()));
        all.put("phone-enrollment-voice", phone(List.of(Channel.VOICE), "US", null, false, List.of()));
        for (var key : List.of(
                "no-phone",
                "invalid-phone",
                "country-not-permitted",
                "number-kind-not-permitted",
                "number-not-trusted",
                "sending-stopped",
                "not-sent-at-present",
                "opted-out",
                "send-sms-failed"))
            all.put("phone-enrollment-" + key, phone(BOTH, "US", "12", true, List.of(Problem.of("phone", key))));
        for (var key : List.of("sending-stopped-until", "not-sent-until"))
            all.put(
                    "phone-enrollment-" + key,
                    phone(
                            BOTH,
                            "US",
                            "4155550123",
                            true,
                            List.of(new Problem("phone", key, Map.of("minutes", "4000")))));
        all.put(
                "phone-enrollment-too-many-sms",
                phone(BOTH, "US", "4155550123", true, List.of(new Problem("phone", "too-many-sms", WAIT))));
    }

    private PhoneEnrollment phone(
            List<Channel> channels,
            @Nullable String country,
            @Nullable String phone,
            boolean app,
            List<Problem> problems) {
        return new PhoneEnrollment(channels, countries, country, phone, app, "1900000000000.00", problems);
    }

    private void challenges() {
        all.put("phone-challenge", new PhoneChallenge(MASKED, BOTH, true, true, List.of()));
        all.put("phone-challenge-one", new PhoneChallenge(MASKED, List.of(Channel.SMS), false, false, List.of()));
        all.put(
                "phone-challenge-failed",
                new PhoneChallenge(MASKED, BOTH, false, true, whole("sms-authenticator-error", Map.of())));
        all.put("phone-proof", proof(List.of()));
        all.put("phone-proof-failed", proof(whole("proof-failed", Map.of())));
        all.put("phone-list", new PhoneList(List.of(MASKED, "XXXXXXXX4567")));
        all.put(
                "login-options",
                new LoginOptions(
                        List.of(
                                Factor.over(Channel.SMS),
                                Factor.over(Channel.VOICE),
                                Factor.PHONE,
                                Factor.OTP,
                                Factor.webAuthn(FactorKind.WEBAUTHN_ROAMING),
                                Factor.webAuthn(FactorKind.WEBAUTHN_PLATFORM),
                                Factor.RECOVERY_CODE),
                        List.of()));
        var ways = List.of(Factor.OTP, Factor.webAuthn(FactorKind.WEBAUTHN_ROAMING), Factor.RECOVERY_CODE);
        all.put("lost-phone", new LostPhone(List.of(new BoundPhone("phone|a", MASKED)), ways, List.of()));
        all.put(
                "lost-phone-several",
                new LostPhone(
                        List.of(new BoundPhone("phone|a", MASKED), new BoundPhone("phone|b", "XXXXXXXX4567")),
                        ways,
                        List.of()));
        all.put("lost-phone-only", new LostPhone(List.of(new BoundPhone("phone|a", MASKED)), List.of(), List.of()));
        all.put("lost-phone-told", new LossTold());
    }

    /** Nobody finds the number, so that the page stays as it is. */
    private static ProvePerson proof(List<Problem> problems) {
        var challenge = new ProofOfWork.Challenge("SHA-256", "0".repeat(64), 0, "00?expires=1&", "00");
        return new ProvePerson(challenge, "0", true, problems);
    }

    private void codes(Channel channel, String name) {
        var other = List.of(channel == Channel.SMS ? Channel.VOICE : Channel.SMS);
        var enrolling = new CodeChallenge(
                channel,
                MASKED,
                "+1 415-555-0123",
                6,
                other,
                true,
                false,
                true,
                null,
                Duration.ofSeconds(30),
                MessageState.SENDING,
                false,
                null,
                List.of());
        all.put(name + "-challenge-enrolling", enrolling);
        for (var state : MessageState.values())
            all.put(name + "-challenge-" + state.name().toLowerCase(Locale.ROOT), code(channel, other, state));
        for (var key : List.of("no-code", "invalid-otp-code-format", "invalid-code"))
            all.put(name + "-challenge-" + key, code(channel, List.of(), MessageState.SENT, Problem.of("code", key)));
        for (var key : List.of("code-used-up", "no-transaction-in-progress"))
            all.put(name + "-challenge-" + key, over(channel, other, key));
        all.put(
                name + "-challenge-invalid-code-left",
                code(channel, other, MessageState.SENT, new Problem("code", "invalid-code-left", Map.of("left", "2"))));
        all.put(
                name + "-challenge-too-many",
                code(channel, other, MessageState.SENT, new Problem("", "too-many-" + name, WAIT)));
        all.put(
                name + "-challenge-resend-too-soon",
                code(channel, other, MessageState.SENT, new Problem("", "resend-too-soon", Map.of("seconds", "17"))));
    }

    private static CodeChallenge code(Channel channel, List<Channel> other, MessageState state, Problem... problems) {
        return new CodeChallenge(
                channel,
                MASKED,
                null,
                6,
                other,
                false,
                true,
                true,
                REMEMBER,
                Duration.ZERO,
                state,
                false,
                null,
                List.of(problems));
    }

    /** @param why it is over */
    private static CodeChallenge over(Channel channel, List<Channel> other, String why) {
        return new CodeChallenge(
                channel,
                MASKED,
                null,
                6,
                other,
                false,
                true,
                true,
                REMEMBER,
                Duration.ofSeconds(12),
                MessageState.SENT,
                true,
                null,
                whole(why, Map.of()));
    }

    private void apps() {
        var uri = OtpAuth.uri("Northwind Bank", "ada@example.com", SEED);
        all.put("app-enrollment", new AppEnrollment(uri, SEED, true, List.of()));
        all.put(
                "app-enrollment-wrong",
                new AppEnrollment(uri, SEED, true, List.of(Problem.of("code", "invalid-code"))));
        all.put("app-challenge", new AppChallenge(true, REMEMBER, null, List.of()));
        all.put(
                "app-challenge-wrong",
                new AppChallenge(true, REMEMBER, null, List.of(Problem.of("code", "invalid-code"))));
    }

    /** Nobody presses Continue, so that the browser makes nothing of what it is asked. */
    private void keys() {
        var creation = "{\"challenge\":\"AAAA\",\"user\":{\"id\":\"AAAA\"},\"excludeCredentials\":[],\"timeout\":1}";
        var request = "{\"challenge\":\"AAAA\",\"allowCredentials\":[],\"timeout\":1}";
        for (var kind : List.of(FactorKind.WEBAUTHN_ROAMING, FactorKind.WEBAUTHN_PLATFORM)) {
            var device = kind == FactorKind.WEBAUTHN_PLATFORM;
            var name = device ? "device" : "key";
            var error = device ? "webauthn-platform-" : "webauthn-";
            for (var leave : Leave.values())
                all.put(
                        name + "-enrollment-" + leave.name().toLowerCase(Locale.ROOT),
                        new KeyEnrollment(kind, creation, leave == Leave.OTHER_METHOD, leave, List.of()));
            all.put(
                    name + "-enrollment-wrong",
                    new KeyEnrollment(
                            kind, creation, true, Leave.OTHER_METHOD, whole(error + "associate-error", Map.of())));
            all.put(name + "-challenge", new KeyChallenge(kind, request, true, REMEMBER, List.of()));
            all.put(
                    name + "-challenge-wrong",
                    new KeyChallenge(kind, request, true, null, whole(error + "challenge-error", Map.of())));
            all.put(name + "-nickname", new KeyNickname(kind, List.of()));
            for (var key : List.of("no-nickname", "nickname-too-long"))
                all.put(name + "-nickname-" + key, new KeyNickname(kind, List.of(Problem.of("nickname", key))));
            all.put(name + "-error", new KeyError(kind, true));
        }
        all.put("key-not-available", new KeyNotAvailable(FactorKind.WEBAUTHN_ROAMING, true));
    }

    private void recovery() {
        all.put("recovery-shown", new RecoveryCodeShown(RECOVERY, false, List.of()));
        all.put(
                "recovery-shown-unconfirmed",
                new RecoveryCodeShown(RECOVERY, false, List.of(Problem.of("saved", "no-confirmation"))));
        all.put("recovery-next", new RecoveryCodeShown(RECOVERY, true, List.of()));
        all.put("recovery-challenge", new RecoveryCodeChallenge(true, List.of()));
        for (var key : List.of("no-code", "invalid-code", "invalid-code-format"))
            all.put("recovery-challenge-" + key, new RecoveryCodeChallenge(true, List.of(Problem.of("code", key))));
    }

    private void account() {
        var work = method("1", FactorKind.PHONE, "Work phone of the second floor", false);
        var phone = method("2", FactorKind.PHONE, null, false);
        var all = List.of(
                work,
                phone,
                method("3", FactorKind.APP, null, true),
                method("4", FactorKind.WEBAUTHN_ROAMING, "Key ring", false),
                method("5", FactorKind.WEBAUTHN_PLATFORM, null, false),
                method("6", FactorKind.RECOVERY_CODE, null, false));
        var offered = List.of(Factor.PHONE, Factor.OTP, Factor.webAuthn(FactorKind.WEBAUTHN_ROAMING));
        this.all.put("account", new AccountScreen.Methods(all, offered, true, List.of()));
        this.all.put("account-empty", new AccountScreen.Methods(List.of(), offered, false, List.of()));
        this.all.put(
                "account-throttled", new AccountScreen.Methods(all, offered, true, whole("too-many-requests", WAIT)));
        this.all.put("account-method", new AccountScreen.MethodChange(phone, BOTH, "", List.of()));
        this.all.put(
                "account-method-wrong",
                new AccountScreen.MethodChange(
                        work,
                        BOTH,
                        "Work phone of the second floor",
                        List.of(Problem.of("nickname", "nickname-too-long"))));
        this.all.put("account-method-code", new AccountScreen.MethodChange(all.getLast(), List.of(), "", List.of()));
        this.all.put("account-remove", new AccountScreen.MethodRemoval(work, false));
        this.all.put("account-remove-last", new AccountScreen.MethodRemoval(phone, true));
    }

    private static Method method(String id, FactorKind kind, @Nullable String name, boolean locked) {
        var phone = kind == FactorKind.PHONE;
        var since = Instant.parse("2026-02-03T04:05:06Z");
        return new Method(id, kind, name, phone ? MASKED : null, phone ? Channel.SMS : null, since, since, locked);
    }

    private void ends() {
        for (var outcome : EnrollOutcome.values())
            all.put("enroll-result-" + outcome.name().toLowerCase(Locale.ROOT), new EnrollResult(outcome));
        all.put("locked", new LockedOut(Duration.ofMinutes(6), true, false, true));
        all.put("locked-enrolling", new LockedOut(Duration.ofMinutes(1), true, true, false));
        all.put("locked-over", new LockedOut(Duration.ZERO, false, false, false));
        all.put("locked-for-good", new LockedOut(null, false, false, false));
        for (var trouble : Trouble.values())
            all.put(
                    "error-" + trouble.name().toLowerCase(Locale.ROOT),
                    new Failure(trouble, trouble == Trouble.BAD_REQUEST ? "redirect_uri is not registered" : null));
        all.put("logged-out", new LoggedOut());
        all.put("onward", new Onward("/authorize/resume?state=s"));
        all.put(
                "form-post",
                new FormPost(URI.create("https://app.example/callback"), Map.of("code", "c", "state", "s")));
    }

    private static List<Problem> whole(String key, Map<String, String> values) {
        return List.of(new Problem("", key, values));
    }
}
