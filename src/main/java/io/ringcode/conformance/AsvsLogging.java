package io.ringcode.conformance;

import static io.ringcode.conformance.Level.LEVEL_2;
import static io.ringcode.conformance.SettingRules.always;
import static io.ringcode.conformance.SettingRules.never;

import java.util.List;
import java.util.function.Function;

/** OWASP ASVS 5.0 chapter 16: logs and errors. */
final class AsvsLogging {
    static final List<Requirement> LINES = List.of(
            line(
                    "16.1.1",
                    "inventory",
                    LEVEL_2,
                    "It is written down what is logged, where, and how long it is kept.",
                    always("The documentation has the kinds of lines and for how long they are kept."),
                    "LimitsDocumentedTest",
                    "LogTest"),
            line(
                    "16.2.1",
                    "line",
                    LEVEL_2,
                    "A line says when, where, who and what.",
                    always("Each has its time, address, client, user and kind."),
                    "LogTest",
                    "LogsApiTest"),
            line(
                    "16.2.2",
                    "time",
                    LEVEL_2,
                    "All servers tell the same time, in UTC.",
                    always("All go by the database's clock, and lines are in UTC."),
                    "ClocksTest"),
            line(
                    "16.2.3",
                    "places",
                    LEVEL_2,
                    "Lines go to known places alone.",
                    always("They go to the database, and where log streams lead."),
                    "LogStreamsTest"),
            line(
                    "16.2.4",
                    "format",
                    LEVEL_2,
                    "Lines can be read by programs.",
                    always("Lines are JSON, in the shape of Auth0's log."),
                    "LogsApiTest",
                    "LogStreamsTest"),
            line(
                    "16.2.5",
                    "secrets",
                    LEVEL_2,
                    "No line has a password, a code or a secret.",
                    always("Values that were set are not told, and of numbers the last digits alone."),
                    "SecretsAtRestTest",
                    "LogTest"),
            line(
                    "16.3.1",
                    "authentication",
                    LEVEL_2,
                    "Every authentication is a line, good or bad, with its factor.",
                    always("Each guess is a line with its method, right or wrong."),
                    "LogTest"),
            line(
                            "16.3.2",
                            "authorization",
                            LEVEL_2,
                            "What somebody was not allowed to do is a line.",
                            never("A call that lacks a scope is answered 403, and is no line of the log."),
                            "ManagementDoorTest")
                    .mendedBy("There is no setting for it: the access log of a proxy tells such answers.", null),
            line(
                    "16.3.3",
                    "evasion",
                    LEVEL_2,
                    "Tries to get around limits are lines.",
                    always("A refused message is a line with the limit or rule that refused it."),
                    "attack.SendingTest",
                    "FraudApiTest"),
            line(
                    "16.3.4",
                    "failures",
                    LEVEL_2,
                    "Unexpected errors are logged, and so are connections that were not safe.",
                    always(
                            "The server's own log has each unexpected error with its trace, and the tenant's log why a carrier"
                                    + " refused."),
                    "LogTest",
                    "DatabaseAwayTest"),
            line(
                    "16.4.1",
                    "injection",
                    LEVEL_2,
                    "Nobody writes lines of his own by what he types.",
                    always("What people typed is a value of JSON, and never part of a line's shape."),
                    "FuzzTest",
                    "LogsApiTest"),
            line(
                    "16.4.2",
                    "kept",
                    LEVEL_2,
                    "Lines are neither read nor changed by who may not.",
                    always(
                            "Reading takes the scope read:logs, no call changes a line, and no tenant sees another's; what is"
                                    + " changed in the database is found by verify-log."),
                    "LogChainTest",
                    "TenantsApartTest",
                    "ConsoleTest"),
            line(
                            "16.4.3",
                            "leaves",
                            LEVEL_2,
                            "Lines are sent to another system.",
                            SettingRules::logLeaves,
                            "LogStreamsTest",
                            "LogStreamsApiTest")
                    .mendedBy("Make a log stream.", "/console/log-streams#new"),
            line(
                    "16.5.1",
                    "errors",
                    LEVEL_2,
                    "An error tells a stranger nothing of the inside.",
                    always("Errors are fixed sentences, without a trace."),
                    "FuzzTest",
                    "BadInputTest"),
            line(
                    "16.5.2",
                    "degraded",
                    LEVEL_2,
                    "When a carrier or the database fails, the rest goes on safely.",
                    always(
                            "A failing carrier is left alone and the next one is asked; without a database the answer is 503."),
                    "CarrierHealthTest",
                    "RoutesTest",
                    "DatabaseAwayTest"),
            line(
                            "16.5.3",
                            "open",
                            LEVEL_2,
                            "No failure lets somebody in.",
                            SettingRules::failedAction,
                            "SignInRulesTest",
                            "PostLoginPagesTest")
                    .mendedBy(
                            "Refuse a sign-in whose action fails, or ask for a factor.",
                            "/console/sign-in-policy#failed"));

    private AsvsLogging() {}

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
