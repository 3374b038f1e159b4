package io.ringcode.console.view;

import java.util.LinkedHashMap;
import java.util.Map;

/** The types of log lines by what they mean, in groups; the codes are Auth0's, and a few of this server's own. */
public final class LogTypes {
    private static final Map<String, Map<String, String>> GROUPS = new LinkedHashMap<>();

    static {
        group(
                "Sign-in",
                "s",
                "Signed in",
                "f",
                "Sign-in failed",
                "fp",
                "Wrong password",
                "fu",
                "Unknown user",
                "limit_wc",
                "Locked out: too many wrong passwords",
                "ss",
                "Signed up",
                "fs",
                "Sign-up failed",
                "slo",
                "Signed out");
        group(
                "Second factor",
                "gd_start_auth",
                "Second factor asked for",
                "gd_auth_succeed",
                "Second factor confirmed",
                "gd_auth_failed",
                "Wrong code",
                "gd_otp_rate_limit_exceed",
                "Locked out: too many wrong codes",
                "gd_send_sms",
                "SMS sent",
                "gd_send_voice",
                "Call placed",
                "gd_start_enroll",
                "Enrollment started",
                "gd_enrollment_complete",
                "Enrolled",
                "gd_unenroll",
                "Authenticator removed",
                "gd_recovery_succeed",
                "Recovery code used",
                "gd_recovery_failed",
                "Wrong recovery code",
                "number_refused",
                "Phone number not trusted by an action",
                "loss_reported",
                "Phone reported as lost",
                "owner_denied",
                "Owner said “not me”");
        group(
                "Tokens",
                "seccft",
                "Client credentials exchanged",
                "feccft",
                "Client credentials refused",
                "sertft",
                "Refresh token exchanged",
                "fertft",
                "Refresh token refused");
        group(
                "Changes",
                "sapi",
                "Management API call",
                "fapi",
                "Management API call refused",
                "gd_tenant_update",
                "Multi-factor settings changed",
                "api_limit",
                "Rate limit held");
    }

    private LogTypes() {}

    private static void group(String title, String... codesAndWords) {
        var types = new LinkedHashMap<String, String>();
        for (int i = 0; i < codesAndWords.length; i += 2)
            types.put(codesAndWords[i], codesAndWords[i + 1] + " (" + codesAndWords[i] + ")");
        GROUPS.put(title, types);
    }

    /** @param chosen is among them, whatever it is */
    public static Map<String, Map<String, String>> groups(String chosen) {
        if (chosen.isEmpty() || GROUPS.values().stream().anyMatch(types -> types.containsKey(chosen))) return GROUPS;
        var more = new LinkedHashMap<>(GROUPS);
        more.put("Chosen", Map.of(chosen, chosen));
        return more;
    }
}
