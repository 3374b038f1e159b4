package io.ringcode.e2e;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.login.page.EndScreen;
import io.ringcode.login.page.Frame;
import io.ringcode.login.page.Frame.Account;
import io.ringcode.login.page.Pages;
import io.ringcode.login.page.PhoneScreen.Country;
import io.ringcode.login.page.Screen;
import io.ringcode.tenant.Branding;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every screen with all that can be wrong on it, in a real Chromium: light, dark, narrow, wide, from right to left, in every
 * language, under tenants' colours. Pictures for people to look at are in {@code target/screenshots/every-screen} after a run with
 * {@code -Dringcode.pictures=true}.
 */
class ScreensInBrowserTest {
    private static final Path FOLDER = Path.of("target/every-screen").toAbsolutePath();

    /** With the longest texts, the most controls, every colour. */
    private static final Set<String> CROWDED =
            Set.of("phone-enrollment-invalid-phone", "sms-challenge-failed", "recovery-shown");

    /**
     * Languages whose pages are held to the rules of accessibility, which see no difference between languages or directions, and between
     * widths only what is measured here anyway.
     */
    private static final Set<String> JUDGED = Set.of("en", "de");

    private static final List<PageLook> PAGES = new ArrayList<>();
    private static Looks looks;
    private static Path chromium;
    private static Node node;

    @BeforeAll
    static void write() throws Exception {
        chromium = Chromium.installed();
        node = Node.installed();
        Files.createDirectories(FOLDER);
        var plain = tenant("{}");
        looks = Looks.of("screens");
        // German has the longest words.
        for (var screen : in("de").entrySet())
            write(
                    plain,
                    "de",
                    "phone",
                    List.of("phone", "rtl", "dark"),
                    List.of("phone", "rtl", "light", "dark"),
                    screen);
        for (var screen : crowded("en")) write(plain, "en", "desktop", List.of("light"), List.of(), screen);
        for (var language : TenantProfile.ALL_LOCALES)
            for (var screen : crowded(language)) write(plain, language, "narrow", List.of("narrow"), List.of(), screen);
        for (var colour : List.of("#ffd400", "#e4002b", "#8a8f98", "#0b0b3b")) branded(colour);
    }

    private static void branded(String colour) throws Exception {
        var tenant = tenant("""
                {"colors": {"primary": "%s",
                            "page_background": {"type": "linear-gradient", "start": "%s", "end": "#ffffff", "angle_deg": 20}}}
                """.formatted(colour, colour));
        for (var screen : crowded("en"))
            write(
                    tenant,
                    "en",
                    "desktop",
                    List.of("light", "dark"),
                    List.of("light", "dark"),
                    Map.entry(colour.substring(1) + "-" + screen.getKey(), screen.getValue()));
    }

    private static List<Map.Entry<String, Screen>> crowded(String language) {
        return in(language).entrySet().stream()
                .filter(screen -> CROWDED.contains(screen.getKey()))
                .toList();
    }

    private static TestTenant tenant(String branding) {
        var tenant = Ringcode.shared().tenant();
        Ringcode.shared()
                .bean(Tenants.class)
                .set(
                        tenant.id(),
                        Branding.SETTING,
                        JsonMapper.shared().readTree(branding),
                        Ringcode.shared().clock().instant());
        return tenant;
    }

    private static Map<String, Screen> in(String language) {
        var plans = PhoneNumberUtil.getInstance();
        var countries = plans.getSupportedRegions().stream()
                .sorted()
                .map(region -> new Country(
                        region,
                        Locale.of("", region).getDisplayCountry(Locale.forLanguageTag(language)),
                        plans.getCountryCodeForRegion(region),
                        region.equals("US"),
                        Locale.of("", region).getDisplayCountry(Locale.ENGLISH) + "|XYZ",
                        "(201) 555-0123"))
                .toList();
        return EveryScreen.with(countries);
    }

    /** Of a length that no page has room for. */
    private static @Nullable Account account(Screen screen) {
        return switch (screen) {
            case Screen.LogIn _, Screen.SignUp _ -> null;
            case EndScreen _ when !(screen instanceof EndScreen.LockedOut) -> null;
            default -> new Account("ada.augusta.king.countess.of.lovelace@analytical-engines.example.com", true);
        };
    }

    /**
     * @param views in which it is pictured and measured
     * @param compared in which it is compared with how it looked
     */
    private static void write(
            TestTenant tenant,
            String language,
            String look,
            List<String> views,
            List<String> compared,
            Map.Entry<String, Screen> named)
            throws Exception {
        var name = named.getKey();
        var screen = named.getValue();
        var pages = Ringcode.shared().bean(Pages.class);
        var branding = Branding.of(Ringcode.shared().bean(Tenants.class).settings(tenant.id()));
        var frame = new Frame(
                tenant.id(),
                Locale.forLanguageTag(language),
                "some-state",
                branding,
                "Northwind Bank",
                "Payments",
                account(screen),
                "https://help.example/");
        var file = FOLDER.resolve(language + "-" + look + "-" + name + ".html");
        Files.writeString(file, pages.render(frame, screen));
        PAGES.add(new PageLook(
                name,
                tenant.host(),
                look,
                views,
                compared,
                JUDGED.contains(language)
                        ? views.stream().filter(view -> !view.equals("rtl")).toList()
                        : List.of(),
                PageLook.LEAST_TARGET,
                PageLook.LARGEST,
                pages.csp(frame, screen, null),
                file.toString()));
    }

    @TestFactory
    Stream<DynamicTest> screens() throws Exception {
        return PageLook.tests(PAGES, FOLDER, looks, chromium, node);
    }
}
