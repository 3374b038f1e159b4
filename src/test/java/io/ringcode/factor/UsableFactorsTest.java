package io.ringcode.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.client.ClientId;
import io.ringcode.factor.Authenticator.App;
import io.ringcode.factor.Authenticator.Binding;
import io.ringcode.factor.Authenticator.Phone;
import io.ringcode.factor.Authenticator.RecoveryCode;
import io.ringcode.factor.Authenticator.WebAuthn;
import io.ringcode.factor.UsableFactors.Due;
import io.ringcode.factor.UsableFactors.Proved;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.user.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsableFactorsTest {
    private static final WebAuthnCredential CREDENTIAL =
            new WebAuthnCredential("id", "key", "login.example.com", 0, null, List.of(), false, false);

    /**
     * In {@code on}: {@code S}ms and {@code V}oice as message types of a phone factor that is on, {@code p} one that is on
     * without any, {@code A}pp, {@code R}ecovery code, security {@code K}ey, {@code D}evice. In {@code has}: {@code P}hone, and the same, in
     * the order of their last use; in small letters those that wait for their first code; {@code L}ocked security key. In
     * {@code usable}: the same.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', emptyValue = "-", textBlock = """
            on   | has  | enrolled | usable | due
            SVAR | -    | false    | -      | enroll PHONE APP
            SR   | -    | false    | -      | enroll PHONE
            AR   | -    | false    | -      | enroll APP
            pAR  | -    | false    | -      | enroll APP
            pR   | -    | false    | -      | nothing
            R    | -    | false    | -      | nothing
            -    | -    | false    | -      | nothing
            SVAR | pr   | false    | -      | enroll PHONE APP
            SVAR | R    | false    | -      | enroll PHONE APP
            SVAR | PR   | true     | PR     | prove P
            SVAR | APR  | true     | APR    | prove A
            SVAR | RPA  | true     | PAR    | prove P
            SVAR | Pa   | true     | P      | prove P
            SVA  | PR   | true     | P      | prove P
            VAR  | PR   | true     | PR     | prove P
            pAR  | PR   | true     | R      | prove R
            AR   | PR   | true     | R      | prove R
            AR   | PAR  | true     | AR     | prove A
            pA   | PR   | true     | -      | off
            A    | P    | true     | -      | off
            R    | PR   | true     | R      | prove R
            -    | PR   | true     | -      | off
            SV   | AR   | true     | -      | off
            SVAR | Pr   | true     | P      | prove P
            K    | -    | false    | -      | enroll WEBAUTHN_ROAMING
            SKD  | -    | false    | -      | enroll PHONE WEBAUTHN_ROAMING
            D    | -    | false    | -      | nothing
            DR   | D    | true     | -      | off
            KDR  | DR   | true     | DR     | prove D
            SKDR | KPDR | true     | KPDR   | prove K
            S    | PK   | true     | P      | prove P
            SV   | K    | true     | -      | off
            SVR  | KR   | true     | R      | prove R
            """, useHeadersInDisplayName = true)
    void what_counts(String on, String has, boolean enrolled, String usable, String due) {
        var having = new UsableFactors(settings(on), authenticators(has));
        assertThat(having.enrolled()).isEqualTo(enrolled);
        assertThat(letters(having.usable())).isEqualTo(usable.replace("-", ""));
        assertThat(described(having.due())).isEqualTo(due);
        assertThat(having.switchedOff()).isEqualTo(enrolled && usable.matches("[-R]"));
        assertThat(having.recoveryCodeDue()).isEqualTo(!enrolled && on.contains("R"));
    }

    /** Only for who has a passkey that is on; the recovery code stays the way in for who lost it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SAKR  | PAKR | ANY                | PAKR
            SAKR  | PAKR | NO_PHONE           | AKR
            SAKR  | PAKR | PHISHING_RESISTANT | KR
            SAKR  | PAR  | NO_PHONE           | PAR
            SAKR  | PAR  | PHISHING_RESISTANT | PAR
            SAKR  | PAk  | PHISHING_RESISTANT | PA
            SAR   | PAKR | PHISHING_RESISTANT | PAR
            SKDR  | PDR  | NO_PHONE           | DR
            SAKR  | PALR | ANY                | PAR
            SAKR  | PALR | NO_PHONE           | AR
            SAKR  | PALR | PHISHING_RESISTANT | R
            SAR   | PALR | PHISHING_RESISTANT | PAR
            """)
    void how_much_is_enough(String on, String has, RequiredStrength sufficient, String usable) {
        var having = new UsableFactors(settings(on), authenticators(has)).under(sufficient);
        assertThat(letters(having.usable())).isEqualTo(usable);
        assertThat(having.under(RequiredStrength.ANY).sufficient()).isEqualTo(sufficient);
        assertThat(having.phones().isEmpty()).isEqualTo(!usable.contains("P"));
        assertThat(having.apps().isEmpty()).isEqualTo(!usable.contains("A"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', emptyValue = "-", textBlock = """
            SAKDR | -    | FIRST_FACTOR | PAK
            SAKDR | -    | ALL_FACTORS  | PAK
            SAKDR | R    | FIRST_FACTOR | PAK
            SAKDR | P    | FIRST_FACTOR | -
            SAKDR | PK   | FIRST_FACTOR | -
            SAKDR | P    | ALL_FACTORS  | PAKDR
            SAKDR | PK   | ALL_FACTORS  | PA
            SAKDR | PK   | PASSKEY      | PAKDR
            SAKDR | D    | ALL_FACTORS  | PA
            SAKDR | D    | PASSKEY      | PAKDR
            SAKDR | PR   | ALL_FACTORS  | PAKDR
            SAKDR | PX   | ALL_FACTORS  | PAKD
            SAKDR | PX   | PASSKEY      | PAKD
            SAKDR | PKR  | ALL_FACTORS  | PA
            SAKD  | PR   | ALL_FACTORS  | PAKD
            AD    | P    | ALL_FACTORS  | AD
            D     | P    | ALL_FACTORS  | -
            SKD   | KKKKKKKKKKKKKKKKKKKKP | PASSKEY | P
            """)
    void what_may_be_bound(String on, String has, Proved proved, String bindable) {
        var having = new UsableFactors(settings(on), authenticators(has));
        var letters = new StringBuilder();
        var names = Map.of(
                FactorKind.PHONE, "P",
                FactorKind.APP, "A",
                FactorKind.WEBAUTHN_ROAMING, "K",
                FactorKind.WEBAUTHN_PLATFORM, "D",
                FactorKind.RECOVERY_CODE, "R");
        for (var kind : FactorKind.values()) if (having.mayBind(kind, proved)) letters.append(names.get(kind));
        assertThat(letters.toString()).isEqualTo(bindable.replace("-", ""));
    }

    @Test
    void the_day_of_a_plan_begins_at_midnight_utc_and_an_application_can_only_ask_for_more() {
        var strict = new PasskeyPolicy.ForClient("strict", PasskeyPolicy.PHISHING_RESISTANT, null);
        var lax = new PasskeyPolicy.ForClient("lax", PasskeyPolicy.ANY, null);
        var plan = new PasskeyPolicy(PasskeyPolicy.ANY, LocalDate.of(2027, 1, 1), true, 0, List.of(strict, lax));
        var before = Instant.parse("2026-12-31T23:59:59Z");
        var after = Instant.parse("2027-01-01T00:00:00Z");
        assertThat(plan.sufficient(null, before)).isEqualTo(RequiredStrength.ANY);
        assertThat(plan.sufficient(null, after)).isEqualTo(RequiredStrength.NO_PHONE);
        assertThat(plan.sufficient(new ClientId("strict"), before)).isEqualTo(RequiredStrength.PHISHING_RESISTANT);
        assertThat(plan.sufficient(new ClientId("lax"), after)).isEqualTo(RequiredStrength.NO_PHONE);
        assertThat(plan.pause()).isEqualTo(PasskeyPolicy.SHORTEST_PAUSE);
    }

    @Test
    void keys_are_made_for_the_pages_own_domain_or_one_above_it() {
        var above = new WebAuthnSettings(null, true, "example.com", List.of("https://shop.example.net"));
        assertThat(above.relyingParty("login.example.com")).isEqualTo("example.com");
        assertThat(above.relyingParty("example.com")).isEqualTo("example.com");
        assertThat(above.relyingPartyOf("https://shop.example.net")).isEqualTo("example.com");
        assertThat(above.relyingPartyOf("http://shop.example.net")).isEqualTo("shop.example.net");
        assertThat(above.relyingParty("login.badexample.com")).isEqualTo("login.badexample.com");
        assertThat(new WebAuthnSettings(null, false, "example.com", null).relyingParty("Login.Example.com"))
                .isEqualTo("login.example.com");
    }

    @Test
    void a_phone_is_reached_by_what_is_on_and_by_its_own_channel_first() {
        assertThat(settings("SV").channels(Channel.VOICE)).containsExactly(Channel.VOICE, Channel.SMS);
        assertThat(settings("S").channels(Channel.VOICE)).containsExactly(Channel.SMS);
        assertThat(settings("A").channels(Channel.VOICE)).isEmpty();
        assertThat(settings("p").channels(Channel.SMS)).isEmpty();
    }

    @Test
    void a_kind_that_nobody_knows_is_not_taken_for_another() {
        assertThat(Arrays.stream(FactorKind.values()).map(kind -> FactorKind.of(kind.column())))
                .containsExactly(FactorKind.values());
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> FactorKind.of("passkey"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void amr_tells_the_methods_and_a_recovery_code_is_no_possession() {
        var recovered = Amr.PASSWORD.and(ProofMethod.RECOVERY_CODE);
        assertThat(recovered.methods()).containsExactly("pwd", "mfa");
        assertThat(recovered.possession()).isFalse();
        assertThat(recovered.and(ProofMethod.APP_CODE).methods()).containsExactly("pwd", "otp", "mfa");
        assertThat(Amr.PASSWORD.and(ProofMethod.of(Channel.VOICE)).methods()).containsExactly("pwd", "tel", "mfa");
        assertThat(Amr.NONE.alone(ProofMethod.of(Channel.SMS)).methods()).containsExactly("sms");
        assertThat(Amr.NONE.alone(ProofMethod.RECOVERY_CODE).possession()).isFalse();
        assertThat(Amr.NONE
                        .alone(ProofMethod.RECOVERY_CODE)
                        .alone(ProofMethod.APP_CODE)
                        .methods())
                .containsExactly("otp");
        var key = ProofMethod.signed(FactorKind.WEBAUTHN_ROAMING, CREDENTIAL, ProofMethod.Verified.USER);
        assertThat(Amr.PASSWORD.and(key).claim()).containsExactly("pwd", "hwk", "user", "mfa");
        assertThat(Amr.PASSWORD.and(key).acr()).isEqualTo("phr");
        assertThat(Amr.PASSWORD.and(key).withoutResistance().acr()).isEqualTo(Amr.MULTI_FACTOR);
        assertThat(Amr.NONE.alone(key).possession()).isTrue();
        var present = ProofMethod.signed(FactorKind.WEBAUTHN_ROAMING, CREDENTIAL, ProofMethod.Verified.PRESENCE);
        assertThat(Amr.PASSWORD.and(present).acr()).isEqualTo(Amr.MULTI_FACTOR);
        assertThat(Amr.PASSWORD.remembered().pastSecondFactor()).isTrue();
        assertThat(Amr.PASSWORD.remembered().multiFactor()).isFalse();
    }

    private static Factors settings(String on) {
        var channels = EnumSet.noneOf(Channel.class);
        if (on.contains("S")) channels.add(Channel.SMS);
        if (on.contains("V")) channels.add(Channel.VOICE);
        var phone = !channels.isEmpty() || on.contains("p");
        // With the factor off, the message types stay as they were.
        var types = phone ? channels : Set.of(Channel.SMS);
        var kinds = EnumSet.noneOf(FactorKind.class);
        if (phone) kinds.add(FactorKind.PHONE);
        if (on.contains("A")) kinds.add(FactorKind.APP);
        if (on.contains("R")) kinds.add(FactorKind.RECOVERY_CODE);
        if (on.contains("K")) kinds.add(FactorKind.WEBAUTHN_ROAMING);
        if (on.contains("D")) kinds.add(FactorKind.WEBAUTHN_PLATFORM);
        return new Factors(Set.copyOf(kinds), Set.copyOf(types), true);
    }

    private static List<Authenticator> authenticators(String has) {
        return has.chars()
                .filter(Character::isLetter)
                .mapToObj(UsableFactorsTest::one)
                .toList();
    }

    private static Authenticator one(int letter) {
        var binding = binding(Character.isUpperCase(letter) ? Instant.EPOCH : null);
        return switch (Character.toUpperCase(letter)) {
            case 'P' -> new Phone(binding, new PhoneNumber("+14155550123"), Channel.SMS);
            case 'A' -> new App(binding);
            case 'K' -> new WebAuthn(binding, FactorKind.WEBAUTHN_ROAMING, CREDENTIAL);
            case 'L' -> new WebAuthn(locked(), FactorKind.WEBAUTHN_ROAMING, CREDENTIAL);
            case 'D' -> new WebAuthn(binding, FactorKind.WEBAUTHN_PLATFORM, CREDENTIAL);
            case 'X' -> new RecoveryCode(binding, true);
            default -> new RecoveryCode(binding, false);
        };
    }

    private static Binding binding(@Nullable Instant confirmed) {
        return new Binding(
                new AuthenticatorId("dev_x"), new UserId("u"), null, false, Instant.EPOCH, confirmed, null, null);
    }

    private static Binding locked() {
        return new Binding(
                new AuthenticatorId("dev_x"), new UserId("u"), null, true, Instant.EPOCH, Instant.EPOCH, null, null);
    }

    private static String letters(List<Authenticator> some) {
        var letters = new StringBuilder();
        for (var one : some)
            letters.append(
                    switch (one.kind()) {
                        case PHONE -> 'P';
                        case APP -> 'A';
                        case WEBAUTHN_ROAMING -> 'K';
                        case WEBAUTHN_PLATFORM -> 'D';
                        case RECOVERY_CODE -> 'R';
                    });
        return letters.toString();
    }

    private static String described(Due due) {
        return switch (due) {
            case Due.Prove(var usable) -> "prove " + letters(usable).charAt(0);
            case Due.Enroll(var offered) ->
                "enroll " + String.join(" ", offered.stream().map(Enum::name).toList());
            case Due.SwitchedOff() -> "off";
            case Due.NothingOffered() -> "nothing";
        };
    }
}
