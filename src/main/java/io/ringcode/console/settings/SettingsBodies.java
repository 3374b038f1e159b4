package io.ringcode.console.settings;

import io.ringcode.console.view.Complaints;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.Links;
import io.ringcode.fraud.SendLimits;
import io.ringcode.tenant.Branding;
import io.ringcode.tenant.TenantProfile;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fields of the page of settings as the API takes them, and the other way round. */
final class SettingsBodies {
    private static final List<String> LOOKS = List.of("primary", "background", "end", "angle");
    private static final Map<String, String> LOOK_FIELDS = Map.of(
            "colors", "primary",
            "colors.primary", "primary",
            "colors.page_background", "background",
            "colors.page_background.start", "background",
            "colors.page_background.end", "end",
            "colors.page_background.angle_deg", "angle",
            "page_background", "background");

    private static final Map<String, String> BROWSER_FIELDS = Map.of(
            "mfa_session_inactivity_timeout", "inactivity",
            "mfa_session_overall_timeout", "overall");

    private static final BigDecimal HOUR = BigDecimal.valueOf(3_600);

    private SettingsBodies() {}

    static Map<String, ?> tenant(Form typed) {
        var body = new HashMap<String, @Nullable Object>();
        for (var name :
                List.of("friendly_name", "support_email", "support_url", "default_directory", "default_audience"))
            body.put(name, typed.given(name));
        for (var name : List.of("session_lifetime", "idle_session_lifetime")) body.put(name, typed.number(name));
        body.put("allowed_logout_urls", typed.list("allowed_logout_urls"));
        var languages = Stream.concat(Stream.of(typed.text("default_locale")), typed.all("enabled_locales").stream())
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
        body.put("enabled_locales", languages.equals(TenantProfile.ALL_LOCALES) ? null : languages);
        return body;
    }

    /** A tenant that has chosen no language speaks them all. */
    static Form shownTenant(Form stored) {
        var languages =
                stored.all("enabled_locales").isEmpty() ? TenantProfile.ALL_LOCALES : stored.all("enabled_locales");
        return stored.with("enabled_locales", languages).with("default_locale", List.of(languages.getFirst()));
    }

    static Map<String, ?> branding(Form typed) {
        var colors = new HashMap<String, @Nullable Object>();
        colors.put("primary", typed.given("primary"));
        colors.put("page_background", background(typed));
        var body = new HashMap<String, @Nullable Object>();
        body.put("colors", colors);
        body.put("logo_url", typed.given("logo_url"));
        body.put("favicon_url", typed.given("favicon_url"));
        return body;
    }

    static Form shownBranding(Form stored) {
        var shown = new HashMap<String, List<String>>(stored.fields());
        shown.put("primary", stored.all("colors.primary"));
        shown.put(
                "background",
                Stream.of("colors.page_background", "colors.page_background.start")
                        .flatMap(name -> stored.all(name).stream())
                        .toList());
        shown.put("end", stored.all("colors.page_background.end"));
        shown.put("angle", stored.all("colors.page_background.angle_deg"));
        return new Form(shown, stored.refused());
    }

    /** One colour, or two and what lies between them. */
    private static @Nullable Object background(Form typed) {
        var end = typed.given("end");
        var start = typed.given("background");
        if (end == null) return start;
        var gradient = new HashMap<String, Object>();
        gradient.put("type", "linear-gradient");
        gradient.put("start", start == null ? "none" : start);
        gradient.put("end", end);
        var angle = typed.number("angle");
        if (angle != null) gradient.put("angle_deg", angle);
        return gradient;
    }

    static Branding colours(Form typed) {
        JsonNode background = JsonMapper.shared().valueToTree(background(typed));
        return new Branding(new Branding.Colors(typed.given("primary"), background), null, null);
    }

    static String query(Form branding) {
        return LOOKS.stream()
                .map(name -> name + "=" + Links.part(branding.text(name)))
                .collect(Collectors.joining("&", "?", ""));
    }

    static Map<String, ?> browsers(Form typed) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("display_remember_me_checkbox", typed.on("display_remember_me_checkbox"));
        body.put("remember_me_default_value", typed.on("remember_me_default_value"));
        body.put("mfa_session_inactivity_timeout", seconds(typed.number("inactivity")));
        body.put("mfa_session_overall_timeout", seconds(typed.number("overall")));
        return body;
    }

    static Map<String, ?> retention(Form typed) {
        var body = new HashMap<String, @Nullable Object>();
        for (var name : List.of("message_days", "log_days")) body.put(name, typed.number(name));
        return body;
    }

    static Map<String, ?> limits(Form typed) {
        var body = new HashMap<String, Map<String, @Nullable Object>>();
        for (var limit : SendLimits.Limit.values()) {
            var bucket = new HashMap<String, @Nullable Object>();
            bucket.put("at_once", typed.number(limit.wire() + ".at_once"));
            bucket.put("per_hour", typed.number(limit.wire() + ".per_hour"));
            body.put(limit.wire(), bucket);
        }
        return body;
    }

    static Form shownBrowsers(Form stored) {
        return stored.with("inactivity", hours(stored.number("mfa_session_inactivity_timeout")))
                .with("overall", hours(stored.number("mfa_session_overall_timeout")));
    }

    private static @Nullable Object seconds(@Nullable Object hours) {
        return hours instanceof BigDecimal number
                ? number.multiply(HOUR).setScale(0, RoundingMode.HALF_UP).toBigInteger()
                : hours;
    }

    private static List<String> hours(@Nullable Object seconds) {
        return seconds instanceof BigDecimal number
                ? List.of(number.divide(HOUR, 4, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString())
                : List.of();
    }

    /** All countries, or a list of those that are permitted or are not. */
    static Map<String, ?> countries(Form typed) {
        var body = new HashMap<String, @Nullable Object>();
        var mode = typed.text("mode");
        var list = typed.words("countries").stream()
                .map(country -> country.toUpperCase(Locale.ROOT))
                .toList();
        body.put("country_codes", mode.equals("all") ? null : Map.of("mode", mode, "list", list));
        return body;
    }

    static Form shownCountries(Form stored) {
        var mode = stored.text("country_codes.mode");
        return stored.with("mode", List.of(mode.isEmpty() ? "all" : mode))
                .with("countries", List.of(String.join(" ", stored.all("country_codes.list"))));
    }

    /** What the API says of a form, by the form's own fields. */
    static Complaints complaints(@Nullable String problem, String form) {
        if (form.equals("factor") && problem != null && problem.contains("No enum match"))
            return Complaints.of("policy-never", "Select one of the listed values.");
        return Complaints.of(problem).as(property -> switch (form) {
            case "branding" -> LOOK_FIELDS.getOrDefault(property, property);
            case "browsers" -> BROWSER_FIELDS.getOrDefault(property, property);
            case "countries" -> property.endsWith("mode") ? "mode" : "countries";
            case "factor" -> "policy-never";
            case "limits" ->
                property.replace('.', '-').replace("at_once", "at-once").replace("per_hour", "per-hour");
            default -> property.startsWith("enabled_locales") ? "default_locale" : property;
        });
    }
}
