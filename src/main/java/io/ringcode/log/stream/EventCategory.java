package io.ringcode.log.stream;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A group of log records by their type codes, as Auth0's filters of log streams have them ("Log Stream Filters"). */
public enum EventCategory {
    LOGIN_FAILED("auth.login.fail", "f", "fc", "fco", "fcoa", "fens", "fp", "fu"),
    LOGIN_WARNED("auth.login.notification", "w"),
    LOGIN("auth.login.success", "s", "scoa", "sens"),
    LOGOUT_FAILED("auth.logout.fail", "flo", "oidc_backchannel_logout_failed"),
    LOGOUT("auth.logout.success", "slo", "oidc_backchannel_logout_succeeded"),
    SIGNUP_FAILED("auth.signup.fail", "fs"),
    SIGNUP("auth.signup.success", "ss"),
    SILENT_LOGIN_FAILED("auth.silent_auth.fail", "fsa"),
    SILENT_LOGIN("auth.silent_auth.success", "ssa"),
    TOKEN_REFUSED(
            "auth.token_exchange.fail",
            "feacft",
            "feccft",
            "fede",
            "feoobft",
            "feotpft",
            "fepft",
            "fepotpft",
            "fercft",
            "ferrt",
            "fertft"),
    TOKEN("auth.token_exchange.success", "seacft", "seccft", "sede", "seoobft", "seotpft", "sepft", "sercft", "sertft"),
    MANAGEMENT_FAILED("management.fail", "fapi"),
    MANAGEMENT("management.success", "sapi", "mgmt_api_read"),
    SCIM("scim.event", "sscim", "fscim"),
    SYSTEM(
            "system.notification",
            "admin_update_launch",
            "api_limit",
            "coff",
            "con",
            "depnote",
            "fcpro",
            "fui",
            // Ours: a share of a budget in money is spent.
            "limit_budget",
            "limit_delegation",
            "limit_mu",
            "limit_wc"),
    USER_FAILED("user.fail", "fce", "fcp", "fcpn", "fcpr", "fcu", "fd", "fdeaz", "fdecc", "fdu", "fn", "fv", "fvr"),
    USER_TOLD(
            "user.notification",
            "cs",
            "gd_enrollment_complete",
            "gd_start_enroll",
            "gd_unenroll",
            "gd_update_device_account",
            "ublkdu"),
    USER("user.success", "sce", "scp", "scpn", "scpr", "scu", "sdu", "srrt", "sui", "sv", "svr"),
    ACTIONS("actions", "actions_execution_failed"),
    /** Whatever no other one has, such as challenges, messages and limits. */
    OTHER("other");

    private static final Map<String, EventCategory> BY_TYPE = Arrays.stream(values())
            .flatMap(category -> category.types.stream().map(type -> Map.entry(type, category)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static final Map<String, EventCategory> BY_WIRE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventCategory::wire, Function.identity()));

    private final String wire;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<String> types;

    EventCategory(String wire, String... types) {
        this.wire = wire;
        this.types = Set.of(types);
    }

    public String wire() {
        return wire;
    }

    public static Optional<EventCategory> ofWire(String wire) {
        return Optional.ofNullable(BY_WIRE.get(wire));
    }

    public static EventCategory of(String type) {
        return BY_TYPE.getOrDefault(type, OTHER);
    }
}
