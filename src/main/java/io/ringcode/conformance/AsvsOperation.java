package io.ringcode.conformance;

import static io.ringcode.conformance.Level.LEVEL_1;
import static io.ringcode.conformance.Level.LEVEL_2;
import static io.ringcode.conformance.Level.LEVEL_3;
import static io.ringcode.conformance.SettingRules.always;
import static io.ringcode.conformance.SettingRules.never;
import static io.ringcode.conformance.SettingRules.withPhone;

import java.util.List;
import java.util.function.Function;

/** OWASP ASVS 5.0 chapters 2, 11 and 13: limits, cryptography, configuration. */
final class AsvsOperation {
    static final List<Requirement> LINES = List.of(
            line(
                    "2.1.3",
                    "limits",
                    LEVEL_2,
                    "Limits are written down, of each user and of all together.",
                    always("The documentation has every limit, and a test compares it with the program."),
                    "LimitsDocumentedTest"),
            line(
                    "2.3.1",
                    "order",
                    LEVEL_1,
                    "The steps of a sign-in come in their order, and none is left out.",
                    always("The step that is due is kept with the sign-in, and another form leads nowhere."),
                    "SafetyTest",
                    "EndOfSignInTest"),
            line(
                    "2.3.2",
                    "enforced",
                    LEVEL_2,
                    "The limits that are written down hold.",
                    always("Each is counted in the transaction that it bounds."),
                    "SendLimitsTest",
                    "QuotaRaceTest"),
            line(
                    "2.3.4",
                    "twice",
                    LEVEL_2,
                    "What there is once is not taken twice: a code, a place, an amount of money.",
                    always("One statement or one lock decides, on however many servers."),
                    "GuessingTest",
                    "BudgetsTest",
                    "QuotaRaceTest"),
            line(
                            "2.4.1",
                            "pumping",
                            LEVEL_2,
                            "Programs cannot use up messages, quotas or money.",
                            withPhone(SettingRules::fraudRules),
                            "SmsPumpingTest",
                            "BudgetsTest")
                    .mendedBy("Switch the rules against SMS pumping on.", "/console/fraud#rules"),
            line(
                            "2.4.2",
                            "timing",
                            LEVEL_3,
                            "What comes faster than people do things is not taken.",
                            never("A form that comes too fast counts against its address in the guard, but is taken."),
                            "CircumstancesTest",
                            "PersonProofTest")
                    .mendedBy("There is no setting for it.", null),
            line(
                    "11.2.4",
                    "constant-time",
                    LEVEL_3,
                    "Secrets are compared in constant time.",
                    always("Secrets are hashed with a key and compared in constant time."),
                    "ClientAssertionsTest",
                    "SealerTest"),
            line(
                    "11.3.2",
                    "ciphers",
                    LEVEL_1,
                    "Approved ciphers and modes are used.",
                    always("Stored secrets are sealed by AES-256 in GCM, with a key for each value (XAES-256-GCM)."),
                    "XaesGcmTest"),
            line(
                    "11.3.3",
                    "changed",
                    LEVEL_2,
                    "What was encrypted cannot be changed unnoticed.",
                    always("Each value is sealed with the row it stands in, and opens nowhere else."),
                    "XaesGcmTest",
                    "SealerTest"),
            line(
                    "11.5.1",
                    "unguessable",
                    LEVEL_2,
                    "What nobody may guess has 128 random bits.",
                    always("Sessions, handles and links are sealed values or random ones of that length."),
                    "BadInputTest",
                    "SecretsAtRestTest"),
            line(
                    "13.1.2",
                    "services",
                    LEVEL_3,
                    "Of each service outside it is known how many connections there are and what happens beyond them.",
                    always("A carrier gets 200 messages at once, and the next ones wait or go elsewhere."),
                    "SlowCarrierTest",
                    "CarrierHttpTest"),
            line(
                    "13.1.3",
                    "retries",
                    LEVEL_3,
                    "How often and how soon something is tried again is bounded and written down.",
                    always("Retries double from a second to half a minute, until the code's life is over."),
                    "BackoffTest",
                    "RetryTest"),
            line(
                            "13.2.4",
                            "destinations",
                            LEVEL_2,
                            "The server connects to addresses on a list alone.",
                            never("Administrators may name any public address for webhooks, mail and keys; what is not"
                                    + " public is refused."),
                            "AddressPolicyTest",
                            "GuardedHttpTest")
                    .mendedBy("The operator's firewall can name what this server may reach.", null),
            line(
                    "13.2.6",
                    "bounds",
                    LEVEL_3,
                    "Those bounds, time-outs and retries hold.",
                    always("They are the program's own."),
                    "SlowCarrierTest",
                    "CarrierHealthTest"),
            line(
                    "13.3.1",
                    "secrets",
                    LEVEL_2,
                    "Secrets are kept apart, and are in no code and no file that is given away.",
                    always("They lie sealed in the database, under a master key that is not in it."),
                    "SecretsAtRestTest",
                    "MasterKeyTest"),
            line(
                    "13.3.2",
                    "least",
                    LEVEL_2,
                    "Each secret is open to who needs it.",
                    always("A secret goes in and never comes out; each endpoint has a scope of its own."),
                    "ManagementDoorTest",
                    "PhoneFactorApiTest"),
            line(
                            "13.3.4",
                            "turn",
                            LEVEL_3,
                            "Keys end and are replaced.",
                            SettingRules::signingKeysTurn,
                            "SigningKeysApiTest",
                            "MasterKeyTurnTest")
                    .mendedBy("The operator sets RINGCODE_SIGNING_KEY_DAYS.", null),
            line(
                            "13.4.2",
                            "development",
                            LEVEL_2,
                            "Nothing for development or tests is on.",
                            SettingRules::noLocalPhone,
                            "LocalPhoneTest")
                    .mendedBy("The operator takes RINGCODE_DEV away.", null));

    private AsvsOperation() {}

    private static Requirement line(
            String section,
            String name,
            Level level,
            String asks,
            Function<TenantConfiguration, Judgement> judgement,
            String... proofs) {
        return Requirement.of(Standard.ASVS, section, name, level, asks, judgement, proofs);
    }
}
