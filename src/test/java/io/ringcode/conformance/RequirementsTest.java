package io.ringcode.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.budget.Brake;
import io.ringcode.challenge.PhoneSettings;
import io.ringcode.challenge.RememberSettings;
import io.ringcode.conformance.Judgement.Fails;
import io.ringcode.conformance.Judgement.Holds;
import io.ringcode.conformance.Judgement.NotApplicable;
import io.ringcode.delivery.carrier.SelectedProvider;
import io.ringcode.delivery.routing.RouteSettings;
import io.ringcode.delivery.routing.RouteSettings.NextCarrier;
import io.ringcode.delivery.routing.RouteSettings.OtherChannel;
import io.ringcode.delivery.routing.RouteSettings.Route;
import io.ringcode.factor.Factors;
import io.ringcode.factor.PasskeyPolicy;
import io.ringcode.factor.SignInPolicy;
import io.ringcode.factor.SignInRule;
import io.ringcode.fraud.FraudRule;
import io.ringcode.fraud.FraudRules;
import io.ringcode.fraud.NumberSettings;
import io.ringcode.fraud.RuleMode;
import io.ringcode.fraud.SendLimits;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.fraud.SendLimits.Limit;
import io.ringcode.notice.NoticeSettings;
import io.ringcode.tenant.StoredSettings;
import io.ringcode.tenant.TenantProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each setting that breaks a rule of the standards turns the lines red that stand on it, and no others. */
class RequirementsTest {
    private static final String[] NOTICES = {
        "nist-4.1.2.1-told",
        "nist-4.2.1.1-told",
        "nist-4.2.3-told",
        "nist-4.5-told",
        "asvs-6.3.5-suspicion",
        "asvs-6.3.7-changes"
    };

    /** What this product does not do, whatever is set. */
    private static final Set<String> NEVER = Set.of(
            "nist-3.1.3.3-signs",
            "nist-4.1.2.2-life",
            "asvs-2.4.2-timing",
            "asvs-6.6.1-no-phones",
            "asvs-13.2.4-destinations",
            "asvs-16.3.2-authorization");

    /** A tenant as it is stored, and what is known of it beside that. */
    record Given(
            Map<String, Object> stored,
            boolean codeFirst,
            boolean mails,
            int logStreams,
            boolean localPhone,
            @Nullable Duration signingKeyPeriod) {
        Given set(String name, Object value) {
            var changed = new HashMap<>(stored);
            changed.put(name, value);
            return new Given(changed, codeFirst, mails, logStreams, localPhone, signingKeyPeriod);
        }

        Given on(String... factors) {
            return set(
                    Factors.FACTORS,
                    new Factors.Switches(Stream.of(factors).collect(Collectors.toMap(name -> name, _ -> true))));
        }

        TenantConfiguration configuration() {
            return new TenantConfiguration(
                    StoredSettings.of(stored), codeFirst, mails, logStreams, localPhone, signingKeyPeriod);
        }

        Set<String> red() {
            var configuration = configuration();
            return Conformance.REQUIREMENTS.stream()
                    .filter(one -> one.judge(configuration) instanceof Fails)
                    .map(Requirement::id)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** A tenant with everything that settings can bring to hold. */
    private static final Given GOOD = new Given(Map.of(), false, true, 1, false, Duration.ofDays(90))
            .on("sms", "otp", "webauthn-roaming", "webauthn-platform", "recovery-code")
            .set(Factors.POLICIES, new Factors.Policies(List.of("all-applications")))
            .set(TenantProfile.SETTING, sessions(24, 1))
            .set(RememberSettings.NAME, new RememberSettings(false, false, 3_600, 3_600))
            .set(SelectedProvider.SETTING, new SelectedProvider("twilio"));

    private static Map<String, Double> sessions(double life, double idle) {
        return Map.of("session_lifetime", life, "idle_session_lifetime", idle);
    }

    private static SendLimits limits(Limit limit, int atOnce, double refillSeconds) {
        return SendLimits.DEFAULT.with(limit, new Bucket(atOnce, refillSeconds));
    }

    private static RouteSettings routeTo(String provider) {
        return new RouteSettings(
                List.of(new Route("sms", List.of(), List.of(), List.of("twilio", provider))),
                OtherChannel.OFF,
                NextCarrier.ON,
                20);
    }

    record Change(String what, UnaryOperator<Given> by, Set<String> red) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Change change(String what, UnaryOperator<Given> by, String... red) {
        return new Change(what, by, Set.of(red));
    }

    static Stream<Change> changes() {
        return Stream.concat(factors(), Stream.concat(messages(), others()));
    }

    private static Stream<Change> factors() {
        return Stream.of(
                change(
                        "no passkeys",
                        given -> given.on("sms", "otp", "recovery-code"),
                        "nist-2.2.2-phishing",
                        "nist-3.2.9-plan",
                        "nist-4.1.2.1-two"),
                change(
                        "phones alone",
                        given -> given.on("sms", "recovery-code"),
                        "nist-2.2.2-phishing",
                        "nist-3.1.3.3-others",
                        "nist-3.2.9-alternative",
                        "nist-3.2.9-plan",
                        "nist-4.1.2.1-two",
                        "asvs-6.6.1-phones"),
                change(
                        "no factor that could be set up",
                        given -> given.on("recovery-code"),
                        "nist-2.2.2-phishing",
                        "nist-4.1.2.1-two",
                        "asvs-6.3.3-everybody"),
                change(
                        "nobody asked to bind a device",
                        given -> given.set(
                                PasskeyPolicy.NAME, new PasskeyPolicy(PasskeyPolicy.ANY, null, false, 30, List.of())),
                        "nist-3.2.9-plan",
                        "nist-4.1.2.1-two"),
                change(
                        "nobody asked, but a day is set",
                        given -> given.set(
                                PasskeyPolicy.NAME,
                                new PasskeyPolicy(PasskeyPolicy.ANY, LocalDate.EPOCH, false, 30, List.of())),
                        "nist-4.1.2.1-two"),
                change(
                        "nobody asked, but a passkey required",
                        given -> given.set(
                                PasskeyPolicy.NAME,
                                new PasskeyPolicy(PasskeyPolicy.PHISHING_RESISTANT, null, false, 30, List.of())),
                        "nist-4.1.2.1-two"),
                change(
                        "no policy",
                        given -> given.set(Factors.POLICIES, Factors.Policies.NEVER),
                        "asvs-6.3.3-everybody"),
                change(
                        "a rule that spares somebody",
                        given -> given.set(
                                SignInPolicy.NAME,
                                new SignInPolicy(
                                        List.of(new SignInRule(
                                                SignInRule.NOTHING, List.of(), null, null, false, null, null, null)),
                                        SignInPolicy.DENY)),
                        "asvs-6.3.3-everybody"),
                change(
                        "a rule that asks for more",
                        given -> given.set(
                                SignInPolicy.NAME,
                                new SignInPolicy(
                                        List.of(new SignInRule(
                                                SignInRule.PHISHING_RESISTANT,
                                                List.of(),
                                                null,
                                                null,
                                                false,
                                                null,
                                                null,
                                                null)),
                                        SignInPolicy.ASK))),
                change(
                        "failed actions ignored",
                        given -> given.set(SignInPolicy.NAME, new SignInPolicy(List.of(), SignInPolicy.IGNORE)),
                        "asvs-16.5.3-open"));
    }

    private static Stream<Change> messages() {
        return Stream.of(
                change(
                        "codes of eleven minutes",
                        given -> given.set(PhoneSettings.NAME, new PhoneSettings(6, 660)),
                        "nist-3.1.3.2-life",
                        "asvs-6.5.5-life"),
                change(
                        "codes of five digits",
                        given -> given.set(PhoneSettings.NAME, new PhoneSettings(5, 300)),
                        "nist-3.1.3.2-digits",
                        "asvs-6.5.4-entropy"),
                change(
                        "the longest codes that may be set",
                        given -> given.set(PhoneSettings.NAME, new PhoneSettings(10, 600))),
                change(
                        "the inbox for trials",
                        given -> given.set(SelectedProvider.SETTING, SelectedProvider.UNSET),
                        "nist-3.1.3.1-receiver"),
                change(
                        "a route to the inbox for trials",
                        given -> given.set(RouteSettings.NAME, routeTo("auth0")),
                        "nist-3.1.3.1-receiver"),
                change("a route to another carrier", given -> given.set(RouteSettings.NAME, routeTo("vonage"))),
                change(
                        "numbers of services",
                        given -> given.set(NumberSettings.NAME, new NumberSettings(Set.of("pager"), List.of())),
                        "nist-3.1.3.1-receiver"),
                change(
                        "messages that begin with the code",
                        given -> new Given(given.stored(), true, true, 1, false, given.signingKeyPeriod()),
                        "nist-3.1.3.1-locked-screen"),
                change(
                        "many messages to a user at once",
                        given -> given.set(SendLimits.NAME, limits(Limit.USER, 31, 3_600)),
                        "nist-3.1.3.2-messages",
                        "asvs-6.6.4-flood"),
                change(
                        "many messages to a user in an hour",
                        given -> given.set(SendLimits.NAME, limits(Limit.USER, 10, 60)),
                        "nist-3.1.3.2-messages",
                        "asvs-6.6.4-flood"),
                change(
                        "many messages to a number",
                        given -> given.set(SendLimits.NAME, limits(Limit.NUMBER, 31, 3_600)),
                        "nist-3.1.3.2-messages",
                        "asvs-6.6.4-flood"),
                change(
                        "many messages of a tenant",
                        given -> given.set(SendLimits.NAME, limits(Limit.TENANT, 1_000_000, 0.1))),
                change(
                        "a rule against pumping off",
                        given -> given.set(FraudRules.NAME, FraudRules.DEFAULT.with(FraudRule.COUNTRY, RuleMode.OFF)),
                        "asvs-2.4.1-pumping"),
                change(
                        "a rule against pumping in shadow",
                        given ->
                                given.set(FraudRules.NAME, FraudRules.DEFAULT.with(FraudRule.ADDRESS, RuleMode.SHADOW)),
                        "asvs-2.4.1-pumping"),
                change("the brake", given -> given.set(Brake.NAME, new Brake(true))));
    }

    private static Stream<Change> others() {
        return Stream.of(
                change(
                        "long sessions",
                        given -> given.set(TenantProfile.SETTING, sessions(24.5, 1)),
                        "nist-2.2.3-overall"),
                change(
                        "sessions that idle long",
                        given -> given.set(TenantProfile.SETTING, sessions(24, 1.5)),
                        "nist-2.2.3-idle"),
                change(
                        "sessions as on a new tenant",
                        given -> given.set(TenantProfile.SETTING, Map.of()),
                        "nist-2.2.3-overall",
                        "nist-2.2.3-idle"),
                change(
                        "browsers remembered for a month",
                        given -> given.set(RememberSettings.NAME, RememberSettings.DEFAULT),
                        "nist-2.2.3-browsers"),
                change(
                        "browsers remembered for a day",
                        given -> given.set(RememberSettings.NAME, new RememberSettings(true, true, 3_600, 86_400))),
                change(
                        "no mail server",
                        given -> new Given(given.stored(), false, false, 1, false, given.signingKeyPeriod()),
                        Stream.concat(Stream.of(NOTICES), Stream.of("nist-4.6-addresses"))
                                .toArray(String[]::new)),
                off("factor-bound", "nist-4.1.2.1-told", "asvs-6.3.7-changes"),
                off("factor-changed", "asvs-6.3.7-changes"),
                off("factor-removed", "nist-4.5-told", "asvs-6.3.7-changes"),
                off("recovery-code-used", "nist-4.2.3-told", "asvs-6.3.7-changes"),
                off("recovery-code-made", "nist-4.2.1.1-told", "asvs-6.3.7-changes"),
                off("factor-locked", "asvs-6.3.5-suspicion"),
                off("password-changed", "asvs-6.3.7-changes"),
                change(
                        "no log stream",
                        given -> new Given(given.stored(), false, true, 0, false, given.signingKeyPeriod()),
                        "asvs-16.4.3-leaves"),
                change(
                        "the local phone",
                        given -> new Given(given.stored(), false, true, 1, true, given.signingKeyPeriod()),
                        "asvs-13.4.2-development"),
                change(
                        "keys that nobody rotates",
                        given -> new Given(given.stored(), false, true, 1, false, null),
                        "asvs-13.3.4-turn"));
    }

    private static Change off(String kind, String... red) {
        return change(
                "no notice " + kind,
                given -> given.set(NoticeSettings.SETTING, new NoticeSettings(List.of(kind))),
                red);
    }

    @Test
    void everything_that_settings_decide_can_hold_at_once() {
        assertThat(GOOD.red()).containsExactlyInAnyOrderElementsOf(NEVER);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void a_setting_turns_the_lines_red_that_stand_on_it(Change change) {
        var red = change.by().apply(GOOD).red();
        red.removeAll(NEVER);
        assertThat(red).containsExactlyInAnyOrderElementsOf(change.red());
    }

    @Test
    void a_line_with_a_remedy_can_turn_red_and_one_without_cannot() {
        var red = new HashSet<>(NEVER);
        changes().forEach(change -> red.addAll(change.red()));
        assertThat(Conformance.REQUIREMENTS.stream()
                        .filter(one -> one.remedy() != null)
                        .map(Requirement::id))
                .containsExactlyInAnyOrderElementsOf(red);
    }

    @Test
    void without_phones_nothing_is_asked_of_them() {
        var configuration = GOOD.on("otp", "webauthn-roaming", "webauthn-platform", "recovery-code")
                .set(PhoneSettings.NAME, new PhoneSettings(4, 9_999))
                .configuration();
        for (var line : Conformance.REQUIREMENTS) {
            var judgement = line.judge(configuration);
            if (line.id().startsWith("nist-3.1.3.2") || line.id().startsWith("asvs-6.6"))
                assertThat(judgement)
                        .as(line.id())
                        .isInstanceOf(line.id().endsWith("no-phones") ? Holds.class : NotApplicable.class);
        }
    }

    @Test
    void every_proof_is_a_test_and_every_line_that_applies_has_one() throws IOException {
        List<Path> tests;
        try (var files = Files.walk(Path.of("src/test/java"))) {
            tests = files.filter(file -> file.toString().endsWith("Test.java")).toList();
        }
        for (var line : Conformance.REQUIREMENTS) {
            if (!(line.judge(GOOD.configuration()) instanceof NotApplicable))
                assertThat(line.proofs()).as(line.id()).isNotEmpty();
            for (var proof : line.proofs()) {
                var named = tests.stream()
                        .filter(file -> file.endsWith(proof.replace('.', '/') + ".java"))
                        .toList();
                assertThat(named).as(line.id() + " names " + proof).hasSize(1);
                assertThat(Files.readString(named.getFirst())).as(proof).containsAnyOf("@Test", "@ParameterizedTest");
            }
        }
    }

    @Test
    void every_line_is_told_in_sentences_and_has_an_id_of_its_own() {
        var ids = Conformance.REQUIREMENTS.stream().map(Requirement::id).toList();
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(90);
        var configuration = GOOD.configuration();
        for (var line : Conformance.REQUIREMENTS) {
            assertThat(line.asks()).as(line.id()).matches("[A-Z].*[^ ]\\.");
            assertThat(line.judge(configuration).why()).as(line.id()).matches("[A-Z].*[^ ]\\.");
        }
    }
}
