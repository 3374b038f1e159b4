package io.ringcode.conformance;

import static io.ringcode.conformance.Level.LEVEL_2;
import static io.ringcode.conformance.Level.LEVEL_3;
import static io.ringcode.conformance.SettingRules.always;
import static io.ringcode.conformance.SettingRules.withPhone;
import static io.ringcode.conformance.SettingRules.withRecoveryCode;

import java.util.List;
import java.util.function.Function;

/** OWASP ASVS 5.0 sections 6.5 and 6.6: second factors, and codes that are sent. */
final class AsvsFactors {
    static final List<Requirement> LINES = List.of(
            line(
                    "6.5.1",
                    "once",
                    LEVEL_2,
                    "Codes of phones and apps and recovery codes work once.",
                    always("Each is spent where it is judged."),
                    "GuessingTest",
                    "TwoAppsTest",
                    "LostPhoneTest"),
            line(
                    "6.5.2",
                    "recovery-hash",
                    LEVEL_2,
                    "Recovery codes are kept as salted hashes, or are too long to be guessed.",
                    withRecoveryCode(always("They have 124 random bits, and are kept as keyed hashes.")),
                    "SecretsAtRestTest"),
            line(
                    "6.5.3",
                    "random",
                    LEVEL_2,
                    "Codes and seeds come from a cryptographic generator.",
                    always("All of them come from one cryptographic source."),
                    "SecretsAtRestTest"),
            line(
                            "6.5.4",
                            "entropy",
                            LEVEL_2,
                            "A code has 20 bits, which six digits are.",
                            withPhone(SettingRules::codeLength),
                            "PhoneFactorApiTest")
                    .mendedBy("Let codes have six digits or more.", "/console/phone#codes"),
            line(
                            "6.5.5",
                            "life",
                            LEVEL_2,
                            "A code that was sent lives ten minutes at most, and an app's thirty seconds.",
                            withPhone(SettingRules::codeLife),
                            "SignInTest",
                            "PhoneFactorApiTest")
                    .mendedBy("Let codes live for 600 seconds or less.", "/console/phone#codes"),
            line(
                    "6.5.6",
                    "revoked",
                    LEVEL_3,
                    "Any factor can be taken away when it is lost.",
                    always("Owners and administrators remove each kind, and what stood on it ends."),
                    "WhatEndsWhatTest",
                    "AccountPageTest",
                    "WebAuthnApiTest"),
            line(
                            "6.6.1",
                            "phones",
                            LEVEL_2,
                            "Codes go to numbers that were confirmed, and beside them something stronger is offered.",
                            withPhone(SettingRules::besidePhone),
                            "SignInTest",
                            "PageTextsTest")
                    .mendedBy("Switch authenticator apps on, or security keys.", "/console/passkeys#kinds"),
            line(
                            "6.6.1",
                            "no-phones",
                            LEVEL_3,
                            "At the highest level nobody signs in by a code to a phone.",
                            SettingRules::noPhone,
                            "FactorSwitchedOffTest")
                    .mendedBy("Switch the phone off once everybody has a passkey or an app.", "/console/phone#factor"),
            line(
                    "6.6.2",
                    "bound",
                    LEVEL_2,
                    "A code is good for the sign-in that asked for it, and for no other.",
                    withPhone("A code is judged with the handle of its own challenge and sign-in."),
                    "BadInputTest",
                    "SpentCodeTest"),
            line(
                    "6.6.3",
                    "guesses",
                    LEVEL_2,
                    "Codes cannot be found by trying.",
                    withPhone("Five wrong guesses spend a code, and ten lock the authenticator for a while."),
                    "GuessingTest"),
            line(
                            "6.6.4",
                            "flood",
                            LEVEL_3,
                            "Nobody is worn down by messages or calls.",
                            withPhone(SettingRules::messagesToOne),
                            "SendLimitsTest",
                            "attack.SendingTest")
                    .mendedBy("Lower the limits of a user and of a number.", "/console/settings/limits#limits"));

    private AsvsFactors() {}

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
