package io.ringcode.conformance;

import static io.ringcode.conformance.Level.SHALL;
import static io.ringcode.conformance.Level.SHOULD;
import static io.ringcode.conformance.SettingRules.always;
import static io.ringcode.conformance.SettingRules.elsewhere;
import static io.ringcode.conformance.SettingRules.never;
import static io.ringcode.conformance.SettingRules.withPhone;
import static io.ringcode.conformance.SettingRules.withRecoveryCode;

import java.util.List;
import java.util.function.Function;

/** NIST SP 800-63B-4 sections 2 and 3: assurance level 2, out-of-band authenticators, and what holds for all of them. */
final class NistAuthenticators {
    static final List<Requirement> LINES = List.of(
            line(
                            "2.2.2",
                            "phishing",
                            SHALL,
                            "People can choose a factor that a false page gets nothing from.",
                            SettingRules::passkeys,
                            "PasskeyTest",
                            "PasskeyPlanTest")
                    .mendedBy("Switch security keys or devices on.", "/console/passkeys#kinds"),
            line(
                    "2.2.2",
                    "replay",
                    SHALL,
                    "What proved somebody once proves nobody again.",
                    always("Codes, challenges of keys and recovery codes are spent where they are judged."),
                    "GuessingTest",
                    "PasskeyAttackTest",
                    "TwoAppsTest"),
            line(
                            "2.2.3",
                            "overall",
                            SHOULD,
                            "Whoever is signed in proves it again after a day.",
                            SettingRules::sessionLife,
                            "SafetyTest",
                            "SignInByRedirectTest")
                    .mendedBy("Let sessions end after 24 hours or less.", "/console/settings#session_lifetime"),
            line(
                            "2.2.3",
                            "idle",
                            SHOULD,
                            "A session that nobody uses ends after an hour.",
                            SettingRules::sessionIdle,
                            "SafetyTest")
                    .mendedBy(
                            "Let idle sessions end after an hour or less.", "/console/settings#idle_session_lifetime"),
            line(
                            "2.2.3",
                            "browsers",
                            SHOULD,
                            "A browser stands for the second factor for no longer than a session may last.",
                            SettingRules::rememberedBrowsers,
                            "PagesTest",
                            "SettingsApiTest")
                    .mendedBy(
                            "Do not ask people whether their browser shall be remembered, or for a day at most.",
                            "/console/settings/factor#browsers"),
            line(
                    "3.1.2.1",
                    "recovery-code",
                    SHALL,
                    "A recovery code is random, and shown in a sign-in with a second factor alone.",
                    withRecoveryCode(always("It has 124 random bits, and is shown when a factor was proved.")),
                    "SignInByRedirectTest",
                    "MyAccountTest"),
            line(
                    "3.1.2.2",
                    "recovery-code",
                    SHALL,
                    "A recovery code counts once, and is kept as a hash alone.",
                    withRecoveryCode(always("It is spent where it is judged, and kept as a keyed hash.")),
                    "LostPhoneTest",
                    "SecretsAtRestTest"),
            line(
                    "3.1.3",
                    "claims",
                    SHALL,
                    "No token calls a code by phone safe against false pages.",
                    always("Tokens tell the method that was used, and phr for a key with its owner's word alone."),
                    "ProofToldTest",
                    "UsableFactorsTest"),
            line(
                    "3.1.3",
                    "transfer",
                    SHALL,
                    "The code itself is carried over; nobody signs in by a key press or by comparing two numbers.",
                    withPhone("A call says the code, and it is typed where the sign-in began."),
                    "DefaultTextsTest",
                    "SignInTest"),
            line(
                    "3.1.3.1",
                    "channel",
                    SHALL,
                    "The code takes another way than the password, and is encrypted up to the telephone network.",
                    withPhone("Codes go to carriers by TLS, and no answer to a browser or an application has them."),
                    "GuardedHttpTest",
                    "SecretsAtRestTest"),
            line(
                    "3.1.3.1",
                    "mail",
                    SHALL,
                    "E-mail is no second factor.",
                    always("There is no factor by e-mail that could be switched on."),
                    "PhoneFactorApiTest"),
            line(
                            "3.1.3.1",
                            "receiver",
                            SHALL,
                            "Codes go to a mobile line with a SIM, or a line that is called.",
                            withPhone(SettingRules::receiver),
                            "delivery.SendingTest",
                            "NumbersTest")
                    .mendedBy(
                            "Choose a carrier, and permit no kind of number that belongs to a service.",
                            "/console/phone#delivery"),
            line(
                            "3.1.3.1",
                            "locked-screen",
                            SHOULD,
                            "A locked phone does not show the code; it may show that one has come.",
                            withPhone(SettingRules::codeNotFirst),
                            "ConformanceTest",
                            "TemplatesTest")
                    .mendedBy("Word the message so that its code stands at the end.", "/console/templates"),
            line(
                            "3.1.3.2",
                            "life",
                            SHALL,
                            "A code is worth nothing after ten minutes.",
                            withPhone(SettingRules::codeLife),
                            "SignInTest",
                            "PhoneFactorApiTest")
                    .mendedBy("Let codes live for 600 seconds or less.", "/console/phone#codes"),
            line(
                    "3.1.3.2",
                    "once",
                    SHALL,
                    "A code is accepted once, however many try it at the same time.",
                    withPhone("One statement judges a guess and spends the code."),
                    "GuessingTest",
                    "SpentCodeTest"),
            line(
                            "3.1.3.2",
                            "digits",
                            SHALL,
                            "A code has six digits or more, from a cryptographic generator.",
                            withPhone(SettingRules::codeLength),
                            "PhoneFactorApiTest")
                    .mendedBy("Let codes have six digits or more.", "/console/phone#codes"),
            line(
                    "3.1.3.2",
                    "resend",
                    SHALL,
                    "Asking for another code forgives no wrong guess.",
                    withPhone("Wrong guesses are counted by authenticator, across codes, channels and servers."),
                    "GuessingTest"),
            line(
                            "3.1.3.2",
                            "messages",
                            SHOULD,
                            "Nobody's phone is flooded with codes.",
                            withPhone(SettingRules::messagesToOne),
                            "SendLimitsTest",
                            "attack.SendingTest")
                    .mendedBy("Lower the limits of a user and of a number.", "/console/settings/limits#limits"),
            line(
                            "3.1.3.3",
                            "others",
                            SHALL,
                            "Who has no reception, or no phone, can use another kind of factor.",
                            withPhone(SettingRules::besidePhone),
                            "PagesTest",
                            "PasskeyTest")
                    .mendedBy("Switch authenticator apps on, or security keys.", "/console/passkeys#kinds"),
            line(
                    "3.1.3.3",
                    "number",
                    SHALL,
                    "Another number is a new authenticator, bound as any other.",
                    withPhone("A number is never changed: the new one is bound, and the old one removed."),
                    "FirstOnlyTest",
                    "MyAccountTest"),
            line(
                    "3.1.3.3",
                    "reminder",
                    SHOULD,
                    "Before a phone is bound its owner reads what it does not protect from.",
                    withPhone("The page for a number says that numbers are taken over and messages read by others."),
                    "PageTextsTest"),
            line(
                            "3.1.3.3",
                            "signs",
                            SHOULD,
                            "Before a code goes out, signs of a changed SIM, a ported number or a strange behaviour count.",
                            withPhone(
                                    never("Strange behaviour counts, but no carrier is asked whether a SIM or a number"
                                            + " has changed hands.")),
                            "SmsPumpingTest")
                    .mendedBy("Ask such a source in a script before the message goes.", "/console/hooks"),
            line(
                    "3.2.1",
                    "loss",
                    SHALL,
                    "Who loses an authenticator can have it end at once.",
                    always(
                            "Owners remove it on their own page, administrators anywhere, and all that stood on it ends."),
                    "WhatEndsWhatTest",
                    "AccountPageTest"),
            line(
                    "3.2.2",
                    "failures",
                    SHALL,
                    "After a hundred wrong guesses in a row an authenticator is worth nothing until it is bound anew.",
                    always("It is disabled at a hundred in a row, and lets one in six minutes through after ten."),
                    "GuessingTest",
                    "LostPhoneTest"),
            line(
                    "3.2.2",
                    "forgiven",
                    SHOULD,
                    "A right guess forgives the wrong ones before it.",
                    always("A right guess gives all places back, and only that."),
                    "GuessingTest"),
            line(
                            "3.2.9",
                            "alternative",
                            SHALL,
                            "Whoever is offered the phone is offered something better too.",
                            withPhone(SettingRules::besidePhone),
                            "PagesTest",
                            "PasskeyPlanTest")
                    .mendedBy("Switch authenticator apps on, or security keys.", "/console/passkeys#kinds"),
            line(
                    "3.2.9",
                    "notice",
                    SHALL,
                    "People are told plainly what the phone is worth as a factor.",
                    withPhone("The page for a number says so in every language that there is."),
                    "PageTextsTest"),
            line(
                            "3.2.9",
                            "plan",
                            SHALL,
                            "There is a plan for leaving the phone.",
                            withPhone(SettingRules::wayOffThePhone),
                            "PasskeyPlanTest")
                    .mendedBy("Offer people to bind their device, require it, or set a day.", "/console/passkeys#plan"),
            line(
                    "3.2.9",
                    "assessment",
                    SHALL,
                    "Whoever runs this weighs what the phone puts at risk.",
                    withPhone(elsewhere("That is for the organization: the log, the figures and this report help."))));

    private NistAuthenticators() {}

    private static Requirement line(
            String section,
            String name,
            Level level,
            String asks,
            Function<TenantConfiguration, Judgement> judgement,
            String... proofs) {
        return Requirement.of(Standard.NIST, section, name, level, asks, judgement, proofs);
    }
}
