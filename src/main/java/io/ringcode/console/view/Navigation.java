package io.ringcode.console.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The console's navigation: its pages in groups, and the settings on them that the search finds. */
public final class Navigation {
    private static final String PHONE = "/console/phone";
    private static final String SETTINGS = "/console/settings";
    private static final String LIMITS = "/console/fraud/limits";

    /**
     * A page.
     *
     * @param room what {@link PageFrame#room()} says on it and on the pages below it
     * @param words by which it is found too
     */
    public record Entry(String room, String name, String address, String words) {}

    /** @param title empty for the page that stands alone at the top */
    public record Group(String title, List<Entry> entries) {}

    /** Something that the search finds: a page, or a setting on one. */
    public record Hit(String name, String hint, String address) {}

    public static final List<Group> GROUPS = List.of(
            new Group("", List.of(new Entry("overview", "Overview", "/console", "home dashboard statistics charts"))),
            new Group(
                    "Delivery",
                    List.of(
                            new Entry("phone", "Phone factor", PHONE, "sms voice carrier provider twilio sender"),
                            new Entry("templates", "Templates", "/console/templates", "text wording message liquid"),
                            new Entry("routes", "Routes", "/console/routes", "failover carrier order fallback"),
                            new Entry("hooks", "Scripts", "/console/hooks", "custom javascript npm hook provider"),
                            new Entry("fraud", "Fraud guard", "/console/fraud", "sms pumping block brake rules"),
                            new Entry("limits", "Budgets and prices", LIMITS, "numbers cost spend price list"))),
            new Group(
                    "Activity",
                    List.of(
                            new Entry("messages", "Messages", "/console/messages", "delivery receipts history codes"),
                            new Entry("log", "Log", "/console/log", "audit events history"),
                            new Entry("streams", "Log streams", "/console/log-streams", "splunk datadog syslog"))),
            new Group(
                    "People",
                    List.of(
                            new Entry("users", "Users", "/console/users", "accounts authenticators unlock recovery"),
                            new Entry(
                                    "administrators",
                                    "Administrators",
                                    "/console/administrators",
                                    "team members invite"))),
            new Group(
                    "Applications",
                    List.of(
                            new Entry("clients", "Applications", "/console/clients", "clients callback urls secret"),
                            new Entry("keys", "API keys", "/console/api-keys", "management api token credentials"))),
            new Group(
                    "Settings",
                    List.of(
                            new Entry("settings", "General", SETTINGS, "tenant name support session languages"),
                            new Entry("branding", "Branding", SETTINGS + "/branding", "colours colors logo icon"),
                            new Entry(
                                    "texts",
                                    "Page texts",
                                    "/console/page-texts",
                                    "wording custom text prompts language"),
                            new Entry("factor", "Multi-factor", SETTINGS + "/factor", "mfa policy remember browser"),
                            new Entry(
                                    "asked", "Sign-in policy", "/console/sign-in-policy", "rules who is asked step up"),
                            new Entry(
                                    "actions",
                                    "Actions",
                                    "/console/actions",
                                    "javascript post login trigger code flow"),
                            new Entry("passkeys", "Passkeys", "/console/passkeys", "webauthn security keys devices"),
                            new Entry("mail", "Mail", "/console/mail", "smtp email notices forgot password"),
                            new Entry("countries", "Countries", SETTINGS + "/countries", "permitted allow deny"),
                            new Entry("sending", "Rate limits", SETTINGS + "/limits", "attack protection messages"),
                            new Entry(
                                    "conformance",
                                    "Conformance",
                                    "/console/conformance",
                                    "nist asvs owasp standards audit report compliance"))));

    /** Settings that have no page to themselves. */
    private static final List<Entry> SECTIONS = List.of(
            new Entry("phone", "Delivery method", PHONE + "#delivery", "carrier provider choose"),
            new Entry("phone", "Length and lifetime of codes", PHONE + "#codes", "digits expiry expire seconds otp"),
            new Entry("limits", "Number types", LIMITS + "#numbers", "premium toll free shared cost"),
            new Entry("limits", "Budgets", LIMITS + "#money", "currency limit spend day month"),
            new Entry("limits", "Price lists", LIMITS + "#prices", "csv carrier cost"),
            new Entry("fraud", "Emergency brake", "/console/fraud#brake", "stop all sending"),
            new Entry("fraud", "Fraud rules", "/console/fraud#rules", "shadow mode"),
            new Entry("settings", "Tenant name", SETTINGS + "#friendly_name", "friendly"),
            new Entry("settings", "Support email and URL", SETTINGS + "#support_email", "help contact"),
            new Entry("settings", "Session lifetime", SETTINGS + "#session_lifetime", "idle timeout sign in again"),
            new Entry("settings", "Languages", SETTINGS + "#default_locale", "locale translation"),
            new Entry("settings", "Allowed logout URLs", SETTINGS + "#defaults", "sign out tenant default directory"),
            new Entry("factor", "Remembered browsers", SETTINGS + "/factor#browsers", "trust device days hours"),
            new Entry("sending", "Fixed limits", SETTINGS + "/limits#fixed", "locked out wrong codes attempts"));

    /** The manual's pages, below {@code /docs/}, that the rooms' help is. */
    private static final Map<String, String> HELP = Map.ofEntries(
            Map.entry("overview", "manual/console"),
            Map.entry("phone", "carriers"),
            Map.entry("templates", "manual/templates"),
            Map.entry("routes", "manual/routes"),
            Map.entry("hooks", "manual/hooks"),
            Map.entry("fraud", "manual/fraud"),
            Map.entry("limits", "manual/management-api#what-messages-may-cost"),
            Map.entry("messages", "manual/receipts"),
            Map.entry("log", "manual/limits"),
            Map.entry("streams", "manual/log-streams"),
            Map.entry("users", "manual/console"),
            Map.entry("administrators", "manual/console#who-comes-in"),
            Map.entry("clients", "manual/sign-in"),
            Map.entry("keys", "manual/management-api"),
            Map.entry("settings", "manual/management-api#settings-that-change-what-happens"),
            Map.entry("branding", "manual/pages"),
            Map.entry("texts", "manual/pages#yours"),
            Map.entry("factor", "manual/mfa-api"),
            Map.entry("asked", "manual/actions"),
            Map.entry("actions", "manual/actions"),
            Map.entry("passkeys", "manual/passkeys"),
            Map.entry("mail", "manual/mail"),
            Map.entry("countries", "manual/management-api#which-numbers"),
            Map.entry("sending", "manual/limits"),
            Map.entry("conformance", "manual/conformance"));

    private Navigation() {}

    /** Empty for a page that belongs to no room. */
    static Optional<String> help(String room) {
        return Optional.ofNullable(HELP.get(room)).map(page -> "/docs/" + page);
    }

    public static List<Entry> pages() {
        return GROUPS.stream().flatMap(group -> group.entries().stream()).toList();
    }

    static Optional<Entry> page(String room) {
        return pages().stream().filter(page -> page.room().equals(room)).findFirst();
    }

    /** The group's title, and what is above the page; the page itself is not among them. */
    static List<Hit> trail(String room, String title, List<Hit> parents) {
        var trail = new ArrayList<Hit>();
        var page = page(room);
        if (page.isEmpty()) return trail;
        var group = group(room);
        if (!group.isEmpty() && !group.equals(page.get().name())) trail.add(new Hit(group, "", ""));
        if (!page.get().name().equals(title))
            trail.add(new Hit(page.get().name(), "", page.get().address()));
        trail.addAll(parents);
        return trail;
    }

    private static String group(String room) {
        return GROUPS.stream()
                .filter(group ->
                        group.entries().stream().anyMatch(entry -> entry.room().equals(room)))
                .map(Group::title)
                .findFirst()
                .orElse("");
    }

    /** What has all the words, in its name first; every page where there are none. */
    public static List<Hit> find(String typed) {
        var words = typed.strip().toLowerCase(Locale.ROOT).split("\\s+");
        if (typed.isBlank()) return pages().stream().map(Navigation::hit).toList();
        var all = Stream.concat(pages().stream(), SECTIONS.stream()).toList();
        var byName = all.stream().filter(entry -> hasAll(entry.name(), words));
        var byWords = all.stream()
                .filter(entry -> !hasAll(entry.name(), words))
                .filter(entry -> hasAll(entry.name() + " " + group(entry.room()) + " " + entry.words(), words));
        return Stream.concat(byName, byWords).map(Navigation::hit).toList();
    }

    private static boolean hasAll(String text, String[] words) {
        var lower = text.toLowerCase(Locale.ROOT);
        for (var word : words) if (!lower.contains(word)) return false;
        return true;
    }

    private static Hit hit(Entry entry) {
        var group = group(entry.room());
        var page = page(entry.room()).map(Entry::name).orElse("");
        if (page.equals(entry.name())) return new Hit(entry.name(), group, entry.address());
        return new Hit(entry.name(), group + " / " + page, entry.address());
    }
}
