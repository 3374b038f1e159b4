package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.console.view.View;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who follows the log gets every new line that fits once, the newest first. */
class LogPagesTest {
    private static final Pattern NEWS = Pattern.compile("hx-get=\"(/console/log/news[^\"]+)\"");

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Console console = Console.of(tenant);

    @Test
    void new_lines_that_fit_come_once_and_others_not() {
        settle();
        var page = console.open("/console/log?q=type%3Agd_tenant_update&follow=true");
        assertThat(page.html())
                .contains("id=\"follow\"")
                .contains("Stop following")
                .doesNotContain("Nothing.");
        var next = next(page.html());
        assertThat(console.open(next).status()).as("nothing new").isEqualTo(204);
        change(8);
        assertThat(console.open(next).status()).as("a moment behind").isEqualTo(204);
        settle();
        var news = console.open(next);
        assertThat(news.html())
                .startsWith("<tbody id=\"follow\"")
                .doesNotContain("<html")
                .contains("class=\"fresh\"");
        assertThat(lines(news.html())).isEqualTo(1);
        next = next(news.html());
        assertThat(console.open(next).status()).as("each once").isEqualTo(204);
        tenant.associate(tenant.mfaToken(tenant.person()), "sms", TestTenant.newNumber());
        settle();
        assertThat(console.open(next).status()).as("of other types").isEqualTo(204);
        assertThat(console.open(next.replaceFirst("q&#61;[^&]*|q=[^&]*", "q=")).status())
                .as("of any type")
                .isEqualTo(200);
    }

    @Test
    void a_flood_says_that_lines_were_left_out() {
        settle();
        var next = next(console.open("/console/log?follow=true").html());
        for (int time = 0; time < 51; time++) change(6 + time % 2);
        settle();
        var news = console.open(next).html();
        assertThat(lines(news)).as("and one that tells").isEqualTo(View.Log.SHOWN + 1);
        assertThat(news).contains("More came at once than fits here.");
    }

    @Test
    void without_javascript_a_link_leads_to_newer_lines() {
        var page = console.open("/console/log?q=type%3Agd_tenant_update").html();
        assertThat(page).contains("<a class=\"more\" href=\"/console/log?q=type%3Agd_tenant_update\">Newer</a>");
        assertThat(page).containsPattern("data-live hidden>Follow</a>").doesNotContain("id=\"follow\"");
        assertThat(console.open("/console/log?page=2").html()).contains("/console/log?q=&amp;page=1\">Newer</a>");
    }

    @Test
    void what_cannot_be_searched_cannot_be_followed() {
        var page = console.open("/console/log?q=%28&follow=true");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html()).doesNotContain("id=\"follow\"");
        for (var query : new String[] {"q=%28", "q=%00", "after=%00", "after=x"})
            assertThat(console.open("/console/log/news?" + query).status())
                    .as(query)
                    .isBetween(200, 499);
        assertThat(console.open("/console/log?follow=perhaps").status()).isEqualTo(400);
    }

    private void change(int length) {
        console.post("/console/phone/codes", "length", "" + length, "seconds", "120");
    }

    private void settle() {
        tenant.server().clock().advance(Duration.ofSeconds(3));
    }

    private static String next(String html) {
        var found = NEWS.matcher(html);
        assertThat(found.find()).as(html).isTrue();
        return found.group(1).replace("&amp;", "&").replace("&#61;", "=");
    }

    private static int lines(String html) {
        return html.split("<tr>", -1).length - 1;
    }
}
