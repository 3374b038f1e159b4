package io.ringcode.conformance;

import static io.ringcode.conformance.Level.LEVEL_1;
import static io.ringcode.conformance.Level.LEVEL_2;
import static io.ringcode.conformance.Level.LEVEL_3;
import static io.ringcode.conformance.SettingRules.always;
import static io.ringcode.conformance.SettingRules.elsewhere;
import static io.ringcode.conformance.SettingRules.told;
import static io.ringcode.notice.NoticeKind.FACTOR_BOUND;
import static io.ringcode.notice.NoticeKind.FACTOR_CHANGED;
import static io.ringcode.notice.NoticeKind.FACTOR_LOCKED;
import static io.ringcode.notice.NoticeKind.FACTOR_REMOVED;
import static io.ringcode.notice.NoticeKind.PASSWORD_CHANGED;
import static io.ringcode.notice.NoticeKind.RECOVERY_CODE_MADE;
import static io.ringcode.notice.NoticeKind.RECOVERY_CODE_USED;

import java.util.List;
import java.util.function.Function;

/** OWASP ASVS 5.0 chapters 6 and 7: authentication and sessions. */
final class AsvsAuthentication {
    private static final String NOTICES = "/console/mail#notices";
    private static final String TELL = "Set a mail server up, and tell owners of it.";

    static final List<Requirement> LINES = List.of(
            line(
                    "6.1.1",
                    "limits",
                    LEVEL_1,
                    "The limits against guessing are written down, with what keeps others from locking somebody out.",
                    always("The documentation has every limit, and a test compares it with the program."),
                    "LimitsDocumentedTest"),
            line(
                    "6.1.3",
                    "ways-in",
                    LEVEL_2,
                    "Every way to sign in is written down.",
                    always("Every route is described, and a test compares the description with the program."),
                    "OpenApiTest"),
            line(
                    "6.3.1",
                    "guessing",
                    LEVEL_1,
                    "Passwords and codes cannot be tried at will.",
                    always("Tries are counted by account and by address, wrong codes by authenticator."),
                    "PasswordSprayTest",
                    "GuessingTest",
                    "SendLimitsTest"),
            line(
                    "6.3.2",
                    "no-defaults",
                    LEVEL_1,
                    "No account is there from the beginning.",
                    always("The first administrator comes in by a link that is good once."),
                    "ConsoleTest"),
            line(
                            "6.3.3",
                            "everybody",
                            LEVEL_2,
                            "Everybody needs a second factor.",
                            SettingRules::everybodyAsked,
                            "TokensTest",
                            "SignInRulesTest",
                            "PagesTest")
                    .mendedBy(
                            "Ask at every sign-in, and take away rules that ask for nothing.",
                            "/console/settings/factor"),
            line(
                    "6.3.4",
                    "alike",
                    LEVEL_2,
                    "Every way in asks as much as the others.",
                    always("One rule decides which factors count, and every door asks it."),
                    "MfaAudienceTest",
                    "FactorSwitchedOffTest",
                    "UsableFactorsTest"),
            line(
                            "6.3.5",
                            "suspicion",
                            LEVEL_3,
                            "Owners hear of tries that look like somebody else's.",
                            told(FACTOR_LOCKED),
                            "NoticesTest")
                    .mendedBy(TELL, NOTICES),
            line(
                    "6.3.6",
                    "mail",
                    LEVEL_3,
                    "E-mail is no factor.",
                    always("There is no factor by e-mail that could be switched on."),
                    "PhoneFactorApiTest"),
            line(
                            "6.3.7",
                            "changes",
                            LEVEL_3,
                            "Owners hear of every change of what they sign in with.",
                            told(
                                    FACTOR_BOUND,
                                    FACTOR_CHANGED,
                                    FACTOR_REMOVED,
                                    RECOVERY_CODE_USED,
                                    RECOVERY_CODE_MADE,
                                    PASSWORD_CHANGED),
                            "NoticesTest")
                    .mendedBy(TELL, NOTICES),
            line(
                    "6.3.8",
                    "unknown",
                    LEVEL_3,
                    "Nobody learns from an answer whether there is such a user.",
                    always("Known and unknown names hear the same, and a password is hashed for either."),
                    "SafetyTest",
                    "BadInputTest",
                    "PasswordResetTest"),
            line(
                    "6.4.1",
                    "first-codes",
                    LEVEL_1,
                    "What lets somebody in for the first time is random, short-lived and no lasting secret.",
                    always("Links are random, end by themselves, and count once."),
                    "TicketTest",
                    "PasswordResetTest"),
            line(
                    "6.4.3",
                    "reset",
                    LEVEL_2,
                    "A forgotten password leads around no second factor.",
                    always("Who has enrolled proves the factor before a new password is set."),
                    "PasswordResetTest"),
            line(
                    "6.4.4",
                    "lost-factor",
                    LEVEL_2,
                    "A lost factor is replaced by no less than it was bound with.",
                    always("It takes the recovery code or another factor, or an administrator's ticket."),
                    "LostPhoneTest",
                    "FactorSwitchedOffTest"),
            line(
                    "6.8.4",
                    "reading",
                    LEVEL_2,
                    "Applications look at how and when somebody signed in.",
                    elsewhere("That is for the applications: acr, amr and auth_time tell them."),
                    "ProofToldTest"),
            line(
                    "7.2.4",
                    "new-session",
                    LEVEL_1,
                    "Every sign-in makes a new session token.",
                    always("An authentication makes a new session, and ends the one before."),
                    "SafetyTest"),
            line(
                    "7.4.3",
                    "other-sessions",
                    LEVEL_2,
                    "After another factor or password the other sessions end.",
                    always("They end by themselves, with whatever stood on the old one."),
                    "WhatEndsWhatTest",
                    "SafetyTest"),
            line(
                    "7.5.1",
                    "fresh-proof",
                    LEVEL_2,
                    "Who changes a factor proves another one shortly before.",
                    always("The page and the API for one's own methods ask for a factor of the last fifteen minutes."),
                    "FreshnessTest",
                    "AccountPageTest"),
            line(
                    "7.5.3",
                    "sensitive",
                    LEVEL_3,
                    "Highly sensitive acts take a further factor.",
                    always(
                            "So does whatever changes one's own methods; the console is entered with a second factor alone."),
                    "FreshnessTest",
                    "ConsoleTest"));

    private AsvsAuthentication() {}

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
