package io.ringcode.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.login.page.Frame;
import io.ringcode.login.page.Pages;
import io.ringcode.login.page.Screen.LogIn;
import io.ringcode.tenant.Branding;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change of a page does to how it looks, as Chromium shows it. */
class LooksTest {
    private static final List<String> VIEWS = List.of("light", "dark", "phone", "rtl");
    private static final String LOOSE = "default-src * data: 'unsafe-inline'";

    @TempDir
    Path folder;

    @Test
    void a_change_is_told_by_page_and_view() throws Exception {
        var chromium = Chromium.installed();
        var node = Node.installed();
        var tenant = Ringcode.shared().tenant();
        var html = signIn(tenant.id());
        var pages = Map.of(
                "same", html,
                "colour", styled(html, ":root { --accent: #7a2e8e }"),
                "distance", styled(html, ":root { --s4: 1.5rem }"),
                "type", styled(html, ":root { --t-m: 1.125rem }"),
                "bold", styled(html, "* { font-weight: 400 !important }"),
                "moved", styled(html, "main { position: relative; inset-block-start: .5rem }"),
                "button", html.replaceFirst("(?s)<button[^>]*class=\"primary\".*?</button>", ""));
        assertThat(pages.get("button")).isNotEqualTo(html);
        var stored = folder.resolve("sign-in.looks");
        var before = new Looks("changes-before", stored);
        var now = new Looks("changes", stored);
        var opened = new ArrayList<PageLook>();
        for (var page : pages.entrySet()) {
            var file = folder.resolve("en-" + page.getKey() + ".html");
            Files.writeString(file, page.getValue());
            opened.add(new PageLook(
                    page.getKey(),
                    tenant.host(),
                    "desktop",
                    VIEWS,
                    VIEWS,
                    List.of(),
                    0,
                    PageLook.LARGEST,
                    LOOSE,
                    file.toString()));
        }
        var run = PageLook.open(opened, PageLook.Shot.AT_REST, folder, now, chromium, node);
        assertThat(run.exit()).as(run.text()).isZero();
        for (var page : pages.keySet())
            for (var view : VIEWS) {
                now.expect(view, page);
                before.expect(view, page);
                Files.copy(
                        now.pictures().resolve(view + " same.png"),
                        before.pictures().resolve(view + " " + page + ".png"));
            }
        before.accept();

        var told = now.complaints();
        assertThat(told.keySet()).hasSize(VIEWS.size() * (pages.size() - 1)).noneMatch(page -> page.endsWith(" same"));
        assertThat(told.values())
                .allMatch(
                        one -> one.matches(
                                "\\d+ cells differ, from \\d+ to \\d+ pixels from the top and from \\d+ to \\d+ from the left"));

        now.accept();
        assertThat(now.complaints()).isEmpty();
    }

    private static String styled(String html, String style) {
        return html.replace("</head>", "<style>" + style + "</style></head>");
    }

    private static String signIn(TenantId tenant) {
        var branding = Branding.of(Ringcode.shared().bean(Tenants.class).settings(tenant));
        var frame = new Frame(
                tenant,
                Locale.ENGLISH,
                "some-state",
                branding,
                "Northwind Bank",
                "Payments",
                null,
                "https://help.example/");
        return Ringcode.shared().bean(Pages.class).render(frame, new LogIn(null, true, true, List.of()));
    }
}
