package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.login.Browser.Place;
import io.ringcode.management.Admin;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Texts of messages in the console: one changes no other, and each can be brought back. */
class TemplatePagesTest {
    private static final String GERMAN = "/console/templates/verification/sms/de";
    private static final String BRING_BACK = "action=\"(" + GERMAN + "/versions/[0-9]+)\"";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);
    private final Console console = Console.of(tenant);

    private String says(String language, String channel) {
        return api.post("/guardian/factors/phone/texts/verification/" + channel + "/" + language + "/preview", "{}")
                .text("message");
    }

    private static String only(String pattern, Place page) {
        var found = Pattern.compile(pattern).matcher(page.html());
        assertThat(found.find()).as(page.html()).isTrue();
        return found.group(1);
    }

    @Test
    void one_text_is_changed_and_marked_and_no_other_one_changes() {
        var french = says("fr", "sms");
        var call = says("de", "voice");
        assertThat(console.open("/console/templates").html())
                .doesNotContain("Changed")
                .contains("Default");
        assertThat(console.post(GERMAN, "text", "{{ code }} ist der Code.").address())
                .isEqualTo(GERMAN + "?said=saved");
        assertThat(says("de", "sms")).isEqualTo("730518 ist der Code.");
        assertThat(says("fr", "sms")).isEqualTo(french);
        assertThat(says("de", "voice")).as("greeting and repetition stay").isEqualTo(call);
        assertThat(call).startsWith("Guten Tag.").matches("(?s).*7\\.3\\.0\\.5\\.1\\.8.*7\\.3\\.0\\.5\\.1\\.8.*");
        var list = console.open("/console/templates").html();
        assertThat(list.split("<strong>Changed", -1)).hasSize(2);
        assertThat(list).containsPattern("href=\"" + GERMAN + "\"><strong>Changed");
        assertThat(api.get("/guardian/factors/phone/templates").text("verification_message"))
                .as("Auth0's one text is as it was")
                .doesNotContain("ist der Code");
    }

    @Test
    void what_it_said_before_is_kept_with_who_and_when_and_comes_back() {
        console.post(GERMAN, "text", "{{ code }} ist der erste.");
        console.post(GERMAN, "text", "{{ code }} ist der zweite.");
        var page = console.open(GERMAN);
        assertThat(page.html())
                .contains(console.email, "{{ code }} ist der erste.</p>", "no text of its own")
                .containsPattern("<time datetime=\"20[^\"]+Z\"");
        page = console.post(only(BRING_BACK, page));
        assertThat(page.html()).contains("Restored.");
        assertThat(says("de", "sms")).isEqualTo("730518 ist der erste.");

        page = console.post(GERMAN + "/reset");
        assertThat(page.html()).contains("What will happen", "German");
        assertThat(console.sure(GERMAN + "/reset").html()).contains("Reset. It is in use now.");
        assertThat(says("de", "sms")).contains("Bestätigungscode");
        console.post(only(BRING_BACK, console.open(GERMAN)));
        assertThat(says("de", "sms")).as("also after a reset").isEqualTo("730518 ist der erste.");
        assertThat(console.post(GERMAN + "/versions/0").status()).isEqualTo(404);
    }

    @Test
    void the_words_of_the_default_are_the_default() {
        var usual = api.get("/guardian/factors/phone/texts/verification/sms/de").text("default_text");
        console.post(GERMAN, "text", "\n" + usual.replace("{{ ", "{{").replace("\n", "\r\n") + " ");
        assertThat(api.get("/guardian/factors/phone/texts/verification/sms/de").text("origin"))
                .isEqualTo("default");
    }

    @Test
    void a_preview_saves_nothing_and_what_is_refused_stands_beside_its_field() {
        var page = console.post(GERMAN + "/preview", "text", "{{ code }}?");
        assertThat(page.html()).containsPattern(">730518[?]<").contains("<strong>1 segment</strong>, GSM-7");
        assertThat(says("de", "sms")).isNotEqualTo("730518?");
        page = console.post(GERMAN, "text", "kein Code");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html()).contains("id=\"text-problem\"", "href=\"#text\"", "kein Code</textarea>");
    }

    @Test
    void a_second_segment_has_its_price_beside_it_and_what_is_not_known_is_said() {
        var longer = "{{ code }} " + "und so weiter ".repeat(16);
        var page = console.post(GERMAN + "/preview", "text", longer);
        assertThat(page.html())
                .contains("<strong>2 segments</strong>")
                .contains("Twilio: no price is known yet; budgets count 0.1 USD.");
        api.put(
                "/guardian/factors/phone/fraud/prices/twilio",
                Map.of("csv", "DE,,sms,0.07\nTG,22890,sms,0.34\nTG,,sms,0.21\nDE,,voice,9"));
        page = console.post(GERMAN + "/preview", "text", longer);
        assertThat(page.html())
                .contains("Twilio: from 0.07 USD (Germany) to 0.34 USD (Togo), not known for other countries.");
        api.patch("/tenants/settings", "{'country_codes':{'list':['DE','FR','AT','CH','IT','ES'],'mode':'allow'}}");
        page = console.post(GERMAN + "/preview", "text", longer);
        assertThat(page.html()).contains("Twilio: 0.07 USD in Germany, not known for Austria, ");
        assertThat(page.html()).contains(" and 2 more.");
        api.put("/guardian/factors/phone/fraud/prices/twilio", Map.of("csv", "DE,,sms,0.07\n*,,sms,0.05"));
        page = console.post(GERMAN + "/preview", "text", longer);
        assertThat(page.html()).contains("Twilio: 0.07 USD in Germany, elsewhere 0.05 USD.");
    }

    @Test
    void one_text_for_all_languages_says_first_what_it_replaces() {
        console.post(GERMAN, "text", "{{ code }} bleibt.");
        var usual = api.get("/guardian/factors/phone/templates").text("enrollment_message");
        var all = "/console/templates/all";
        assertThat(console.post(all + "/preview", "enrollment", usual, "verification", "{{ code }} " + "я".repeat(70))
                        .html())
                .contains("<strong>2 segments</strong>, UCS-2", "Twilio: no price is known yet");
        var page = console.post(all, "enrollment", usual, "verification", "{{ code }} for all");
        assertThat(page.html())
                .contains("What will happen", "it takes the place of 29 texts, in 15 languages")
                .contains("these keep their own text: German, SMS.")
                .contains("calls lose their greeting")
                .doesNotContain("Enrollment:");
        assertThat(says("fr", "sms")).as("not yet").doesNotContain("for all");
        console.sure(all, "enrollment", usual, "verification", "{{ code }} for all");
        assertThat(says("fr", "sms")).isEqualTo("730518 for all");
        assertThat(says("de", "sms")).isEqualTo("730518 bleibt.");
        assertThat(console.open("/console/templates").html()).contains("One text is used for all languages and calls");
        assertThat(api.get("/guardian/factors/phone/texts/verification/history")
                        .body()
                        .path("history")
                        .path(0)
                        .path("user_id")
                        .asString())
                .startsWith("auth0|");
        assertThat(console.sure(all + "/reset").html()).contains("Reset. It is in use now.");
        assertThat(says("fr", "sms")).contains("code de vérification");
        assertThat(only("(" + all.replace("/", "/") + "[?]bring=verification:[0-9]+)", console.open(all)))
                .isNotEmpty();
        page = console.open(only("\"(" + all + "[?]bring=verification:[0-9]+)\"", console.open(all)));
        assertThat(page.html()).contains("{{ code }} for all</textarea>");
        assertThat(says("fr", "sms")).as("into the form alone").doesNotContain("for all");
    }

    @Test
    void variables_are_listed_where_there_is_no_JavaScript() {
        assertThat(console.open(GERMAN).html())
                .contains("<code data-insert=\"text\">{{ code }}</code>", "{{ tenant.friendly_name }}")
                .doesNotContain("{{ pause }}");
        assertThat(console.open(GERMAN.replace("sms", "voice")).html()).contains("{{ pause }}");
    }
}
