package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.login.Browser;
import io.ringcode.login.SignInTexts;
import io.ringcode.login.WebApp;
import io.ringcode.management.Admin;
import io.ringcode.server.Eventually;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The texts of the sign-in pages are worded anew in the console, one screen and language at a time. */
class PageTextPagesTest {
    private static final String AT = "/console/page-texts";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);
    private final Console console = Console.of(tenant);

    private String signInPage() {
        tenant.server().clock().advance(Duration.ofSeconds(1));
        return new Browser(tenant).open(WebApp.of(tenant).authorize()).html();
    }

    @Test
    void a_text_is_worded_shown_on_its_page_and_set_back() throws Exception {
        assertThat(console.open(AT).html())
                .contains("id=\"text-title\"", "Default: <span dir=\"auto\" lang=\"en\">Sign in</span>")
                .doesNotContain("Reset to the defaults");
        var page = console.post(
                AT, "screen", "login", "language", "en", "text-title", " Welcome <back> ", "text-description", "");
        assertThat(page.html()).contains("Saved.", "Welcome &lt;back&gt;</textarea>");
        assertThat(signInPage()).contains("<h1>Welcome &lt;back&gt;</h1>", "Sign in to continue to");
        assertThat(console.post(AT + "/reset", "screen", "login", "language", "en")
                        .html())
                .contains("What will happen", "Login, English");
        assertThat(signInPage()).as("not yet").contains("Welcome");
        assertThat(console.sure(AT + "/reset", "screen", "login", "language", "en")
                        .html())
                .contains("Reset. It is in use now.");
        Eventually.holds("the default", () -> signInPage().contains("<h1>Sign in</h1>"));
    }

    @Test
    void other_screens_languages_and_keys_stay_as_they_are() {
        api.put(
                "/prompts/mfa-sms/custom-text/de",
                "{'mfa-sms-challenge':{'title':'Alt','backText':'Zurück'},'mfa-sms-list':{'title':'Welches?'}}");
        console.post(AT, "screen", "mfa-sms-challenge", "language", "de", "text-title", "Neu");
        assertThat(api.get("/prompts/mfa-sms/custom-text/de").body().toString())
                .isEqualTo(
                        "{\"mfa-sms-list\":{\"title\":\"Welches?\"},\"mfa-sms-challenge\":{\"title\":\"Neu\",\"backText\":\"Zurück\"}}");
        assertThat(api.get("/prompts/mfa-sms/custom-text/en").body().isEmpty()).isTrue();
    }

    @Test
    void every_screen_has_texts_and_a_prompt_that_the_api_takes() {
        for (var screen : SignInTexts.screens()) {
            tenant.server().clock().advance(Duration.ofSeconds(1));
            assertThat(console.open(AT + "?screen=" + screen + "&language=ja").html())
                    .as(screen)
                    .contains("<textarea id=\"text-", "lang=\"ja\"");
        }
    }

    @Test
    void what_is_refused_stands_beside_its_field_and_what_there_is_not_is_not_found() {
        var page = console.post(
                AT, "screen", "login", "language", "en", "text-title", "x".repeat(5_001), "text-description", "kept");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html()).contains("href=\"#text-title\"", "id=\"text-title-problem\"", "kept</textarea>");
        for (var query : new String[] {"?screen=nothing", "?language=tlh", "?screen=%00", "?language=%FF"})
            assertThat(console.open(AT + query).status()).as(query).isBetween(400, 404);
        assertThat(console.post(AT, "screen", "login", "language", "tlh").status())
                .isEqualTo(404);
        var reader = Console.of(tenant, Set.of("read:prompts"));
        assertThat(reader.post(AT, "screen", "login", "language", "en", "text-title", "Mine")
                        .html())
                .contains("Insufficient scope, expected any of: update:prompts");
        assertThat(Console.of(tenant, Set.of("read:logs")).open(AT).html()).contains("Insufficient scope");
    }
}
