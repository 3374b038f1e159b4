package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.console.Console;
import io.ringcode.login.Browser;
import io.ringcode.login.WebApp;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What normal browsers and applications really send, where servers tend to fail: long headers, hidden origins, long states. */
class BrowserQuirksTest {
    private static final String MANY_LANGUAGES =
            "de-AT,de;q=0.95,fr;q=0.9,fr-CH;q=0.85,it;q=0.8,it-CH;q=0.75,en-GB;q=0.7,en;q=0.65,es;q=0.6,pt;q=0.55,"
                    + "nl;q=0.5,sv;q=0.45,da;q=0.4,pl;q=0.35,uk;q=0.3,tr;q=0.25,ja;q=0.2,ar;q=0.15,he;q=0.1,*;q=0.05";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final WebApp app = WebApp.of(tenant);
    private final Browser browser = new Browser(tenant);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health/live",
                "/metrics",
                "/.well-known/openid-configuration",
                "/docs",
                "/api/openapi.json",
                "/api/v2/users",
                "/u/login",
                "/u/assets/pages.css",
                "/console/first",
                "/nowhere",
                "/mfa/authenticators"
            })
    void any_number_of_languages_on_any_path(String path) {
        browser.speaking(MANY_LANGUAGES + ", " + MANY_LANGUAGES);
        assertThat(browser.open(path).status()).isLessThan(500);
    }

    @Test
    void the_first_of_many_languages_is_spoken() {
        browser.speaking(MANY_LANGUAGES);
        assertThat(browser.open(app.authorize()).html()).contains("lang=\"de\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: text/html;q=a, */*;q=0.8",
                "Accept: a/b,a/c,a/d,a/e,a/f,a/g,a/h,a/i,a/j,a/k,a/l,a/m,a/n,a/o,a/p,a/q,a/r,a/s,a/t,a/u,a/v,a/w,a/x",
                "Accept-Encoding: gzip, deflate, br, zstd, dcb, dcz;q=2",
                "User-Agent: M\u00f6zilla/5.0 \u00ff",
                "Referer: https://example.com/\u00e9?q=%zz",
                "If-None-Match: nonsense",
                "If-Modified-Since: yesterday",
                "Range: bytes=5-1",
                "Sec-CH-UA: \"Not;A=Brand\";v=\"99\", \"\"",
                "DNT: 1",
                "Priority: u=0, i",
                "Cookie: a; =b; c=\"d; ringcode-browser=\u00ff; e=f=g"
            })
    void headers_that_come_in_all_shapes(String header) throws IOException {
        for (var path :
                List.of("/u/login", "/authorize", "/u/assets/pages.css", "/console/first", "/docs", "/userinfo")) {
            var request = "GET " + path + " HTTP/1.1\r\nHost: " + tenant.host() + "\r\n" + header
                    + "\r\nConnection: close\r\n\r\n";
            assertThat(RawHttp.send(tenant.server().port(), request).status())
                    .as(path)
                    .isBetween(200, 499);
        }
    }

    @Test
    void many_and_long_cookies_are_too_much_or_read_but_no_failure() throws IOException {
        for (int count : new int[] {50, 300, 3000}) {
            var request = "GET /u/login HTTP/1.1\r\nHost: " + tenant.host() + "\r\nCookie: " + "c=ddddd; ".repeat(count)
                    + "x=y\r\nConnection: close\r\n\r\n";
            assertThat(RawHttp.send(tenant.server().port(), request).status()).isBetween(200, 499);
        }
    }

    @Test
    void an_origin_that_the_browser_hides_is_ours_where_it_says_so() {
        browser.with("Origin", "null").with("Sec-Fetch-Site", "same-origin");
        var person = tenant.person();
        var page = browser.open(app.authorize());
        page = browser.send(page, "username", person.email(), "password", person.password());
        assertThat(page.screen()).startsWith("mfa-");
        var console = Console.of(tenant);
        console.browser.with("Origin", "null").with("Sec-Fetch-Site", "same-origin");
        assertThat(console.post("/console/administrators/link").status()).isEqualTo(200);
        assertThat(console.post("/console/leave").status()).isLessThan(400);
    }

    @Test
    void a_form_from_elsewhere_is_told_why_it_counts_for_nothing() {
        var page = browser.open(app.authorize());
        for (var site : List.of("cross-site", "same-site", "none")) {
            browser.with("Origin", "null").with("Sec-Fetch-Site", site);
            var refused = browser.send(page, "username", "x", "password", "y");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.html()).contains("was not sent from a page of this server");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&response_mode=fragment", "&response_mode=form_post"})
    void a_state_is_given_back_at_the_end_or_refused_at_the_beginning(String mode) {
        var fits = "\u00e9".repeat(1300);
        var page = browser.open(app.authorize("state", fits) + mode);
        assertThat(page.screen()).isEqualTo("login");
        var silent = browser.open(app.authorize("state", fits, "prompt", "none") + mode);
        assertThat(silent.status()).isLessThan(400);
        if (!mode.endsWith("form_post")) assertThat(silent.parameter("state")).isEqualTo(fits);

        for (var tooLong : List.of("\u00e9".repeat(2100), "x".repeat(9000), "\u20ac".repeat(1500))) {
            var refused = post("/authorize", app.authorize("state", tooLong) + mode);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.html()).contains("state and nonce are too long");
        }
        assertThat(post("/authorize", app.authorize("nonce", "\u20ac".repeat(1500)) + mode)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void other_words_that_come_back_do_so_or_are_refused() {
        var goodbye = "/oidc/logout?client_id=" + tenant.clientId() + "&post_logout_redirect_uri="
                + Browser.encode(WebApp.AFTER_LOGOUT) + "&state=";
        assertThat(browser.open(goodbye + "%C3%A9".repeat(1300)).parameter("state"))
                .isEqualTo("\u00e9".repeat(1300));
        assertThat(post("/oidc/logout", goodbye + "\u20ac".repeat(1500)).status())
                .isEqualTo(400);
        assertThat(browser.open(app.authorize("login_hint", "h".repeat(4000))).status())
                .isEqualTo(200);
        assertThat(browser.open("/console/users?q=" + "q".repeat(9000)).status())
                .isEqualTo(200);
    }

    /** As a form, which may be longer than an address. */
    private Browser.Place post(String path, String address) {
        return browser.post(path, address.substring(address.indexOf('?') + 1));
    }
}
