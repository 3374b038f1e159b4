package io.ringcode.conformance;

import static io.ringcode.conformance.Level.SHALL;
import static io.ringcode.conformance.Level.SHOULD;
import static io.ringcode.conformance.SettingRules.always;
import static io.ringcode.conformance.SettingRules.elsewhere;
import static io.ringcode.conformance.SettingRules.never;
import static io.ringcode.conformance.SettingRules.told;
import static io.ringcode.conformance.SettingRules.withRecoveryCode;
import static io.ringcode.notice.NoticeKind.FACTOR_BOUND;
import static io.ringcode.notice.NoticeKind.FACTOR_REMOVED;
import static io.ringcode.notice.NoticeKind.RECOVERY_CODE_MADE;
import static io.ringcode.notice.NoticeKind.RECOVERY_CODE_USED;

import java.util.List;
import java.util.function.Function;

/** NIST SP 800-63B-4 section 4: how authenticators are bound, lost, recovered and ended. */
final class NistLifeCycle {
    private static final String MAIL = "/console/mail";
    private static final String NOTICES = "/console/mail#notices";
    private static final String TELL = "Set a mail server up, and tell owners of it.";

    static final List<Requirement> LINES = List.of(
            line(
                    "4.1",
                    "record",
                    SHALL,
                    "Of every authenticator it is known when it was bound.",
                    always("Each has the times of its binding and last use, and the log a line for each change."),
                    "AuthenticationMethodsApiTest",
                    "LogTest"),
            line(
                    "4.1",
                    "source",
                    SHOULD,
                    "It is known from where it was bound.",
                    always("The log's line has the address and the browser."),
                    "LogTest",
                    "LogsApiTest"),
            line(
                    "4.1.2.1",
                    "several",
                    SHALL,
                    "A user may have several authenticators.",
                    always("Phones, apps and up to twenty keys stand beside each other."),
                    "AuthenticationMethodsApiTest",
                    "WebAuthnApiTest"),
            line(
                            "4.1.2.1",
                            "two",
                            SHOULD,
                            "People are encouraged to have two.",
                            SettingRules::secondMethod,
                            "PasskeyPlanTest")
                    .mendedBy("Ask people after a code to bind their device.", "/console/passkeys#offer"),
            line(
                    "4.1.2.1",
                    "binding",
                    SHALL,
                    "Nobody binds a further authenticator by less than the account has.",
                    always(
                            "The password alone binds the first one and nothing more, and a code no passkey beside one."),
                    "FirstOnlyTest",
                    "PasskeyAttackTest",
                    "FreshnessTest"),
            line(
                            "4.1.2.1",
                            "told",
                            SHALL,
                            "The owner hears of a new authenticator by another way than it was bound.",
                            told(FACTOR_BOUND),
                            "NoticesTest")
                    .mendedBy(TELL, NOTICES),
            line(
                    "4.1.2.2",
                    "links",
                    SHALL,
                    "A link or code that binds something elsewhere counts once.",
                    always("A ticket is used up in the transaction that binds something by it."),
                    "TicketTest"),
            line(
                            "4.1.2.2",
                            "life",
                            SHALL,
                            "Such a link or code is worth nothing after ten minutes.",
                            never(
                                    "A ticket is good for five days, since an administrator gives it to somebody who comes"
                                            + " later."),
                            "TicketTest")
                    .mendedBy("There is no setting for it: bind the first authenticator at a sign-in instead.", null),
            line(
                    "4.2.1.1",
                    "saved-code",
                    SHALL,
                    "A saved recovery code has 64 bits or more, is kept as a hash, and is guessed at slowly.",
                    withRecoveryCode(always("It has 124 bits, is kept as a keyed hash, and ten wrong ones lock it.")),
                    "LostPhoneTest",
                    "SecretsAtRestTest"),
            line(
                    "4.2.1.1",
                    "next-code",
                    SHALL,
                    "A recovery code that was used is followed by another.",
                    withRecoveryCode(always("Whoever used one is shown the next in the same sign-in.")),
                    "LostPhoneTest",
                    "PagesTest"),
            line(
                            "4.2.1.1",
                            "told",
                            SHALL,
                            "The owner hears of a recovery code that was made anew.",
                            withRecoveryCode(told(RECOVERY_CODE_MADE)),
                            "NoticesTest")
                    .mendedBy(TELL, NOTICES),
            line(
                    "4.2.1.2",
                    "issued-code",
                    SHALL,
                    "A recovery code that is sent lives for minutes by phone and a day by mail.",
                    elsewhere(
                            "None is sent: a recovery code is shown in a sign-in, and a mail leads around no factor."),
                    "PasswordResetTest"),
            line(
                    "4.2.2.2",
                    "two-proofs",
                    SHALL,
                    "Who recovers an account proves two things.",
                    always(
                            "The recovery code stands for the second factor alone: the password is asked for beside it."),
                    "LostPhoneTest",
                    "PasswordResetTest"),
            line(
                            "4.2.3",
                            "told",
                            SHALL,
                            "The owner hears of every recovery.",
                            withRecoveryCode(told(RECOVERY_CODE_USED)),
                            "NoticesTest")
                    .mendedBy(TELL, NOTICES),
            line(
                    "4.3",
                    "compromise",
                    SHALL,
                    "What was stolen or lost ends at once, and its owner can say so with what is left.",
                    always("The links of notices, the page of one's own methods and administrators end it at once."),
                    "NoticesTest",
                    "WhatEndsWhatTest"),
            line(
                    "4.5",
                    "end",
                    SHALL,
                    "With the account its authenticators end, or when their owner wants it.",
                    always("Blocking, deleting and removing end everything that stood on them."),
                    "WhatEndsWhatTest"),
            line(
                            "4.5",
                            "told",
                            SHOULD,
                            "The owner hears of an authenticator that was taken away.",
                            told(FACTOR_REMOVED),
                            "NoticesTest")
                    .mendedBy(TELL, NOTICES),
            line(
                            "4.6",
                            "addresses",
                            SHALL,
                            "Notices go to every address of the owner, and say how to object.",
                            tenant -> Judgement.of(
                                    tenant.mails(),
                                    tenant.mails()
                                            ? "Notices go to the mail address and up to five phones, each with a link for"
                                                    + " \"not me\"."
                                            : "Notices go to phones alone: no mail server is set up."),
                            "NoticesTest",
                            "NoticeTextsTest")
                    .mendedBy("Set a mail server up.", MAIL));

    private NistLifeCycle() {}

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
