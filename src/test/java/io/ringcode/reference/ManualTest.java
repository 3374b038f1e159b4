package io.ringcode.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.delivery.carrier.Carriers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages of docs/ as the server shows them. */
class ManualTest {
    private static final Pattern LINK = Pattern.compile("href=\"(/docs[^\"#]*)#?([^\"]*)\"");
    private final TestTenant tenant = Ringcode.shared().tenant();

    @Test
    void each_carrier_has_the_page_that_its_form_leads_to() {
        for (var carrier : Ringcode.shared().bean(Carriers.class).all()) {
            var page = tenant.text("/docs/carriers/" + carrier.name());
            assertThat(page.statusCode()).as(carrier.name()).isEqualTo(200);
            assertThat(page.body()).contains("<article class=\"manual\">", "<h1 id=");
        }
        assertThat(tenant.text("/docs/carriers/nobody").statusCode()).isEqualTo(404);
        assertThat(tenant.text("/docs/manual/..%2f..%2fexamples").statusCode()).isIn(400, 404);
    }

    @Test
    void no_link_of_a_page_leads_nowhere() throws IOException {
        var dead = new TreeSet<String>();
        for (var address : addresses()) {
            var page = tenant.text(address);
            assertThat(page.statusCode()).as(address).isEqualTo(200);
            var article = page.body().substring(page.body().indexOf("<article"));
            var links = LINK.matcher(article);
            while (links.find()) {
                var there = tenant.text(links.group(1));
                if (there.statusCode() != 200
                        || (!links.group(2).isEmpty() && !there.body().contains("id=\"" + links.group(2) + "\"")))
                    dead.add(address + " -> " + links.group());
            }
        }
        assertThat(dead).isEmpty();
    }

    private static List<String> addresses() throws IOException {
        var all = new ArrayList<>(List.of("/docs/carriers", "/docs/guides"));
        for (var folder : List.of("", "carriers", "guides"))
            try (var files = Files.list(Path.of("docs", folder))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
                        .map(name -> "/docs/" + (folder.isEmpty() ? "manual" : folder) + "/" + name.replace(".md", ""))
                        .forEach(all::add);
            }
        return all;
    }

    @Test
    void markdown_is_told_from_text() {
        var html = Markdown.html("""
                # One & two

                A `<b>` is **strong *and* so** on [a page](x.md), [nowhere](y).
                It goes on.

                - first
                  goes on
                - second

                1. one

                   ```sh
                   a < b
                   ```
                2. two

                | a | |
                |---|---|
                | `x\\|y` | <script> |
                """, target -> target.equals("x.md") ? "/x" : "");
        assertThat(html)
                .contains("<h1 id=\"one--two\">One &amp; two</h1>")
                .contains("<p>A <code>&lt;b&gt;</code> is <strong>strong <em>and</em> so</strong> on"
                        + " <a href=\"/x\">a page</a>, nowhere.\nIt goes on.</p>")
                .contains("<ul>\n<li>first\ngoes on</li>\n<li>second</li>\n</ul>")
                .contains(
                        "<ol>\n<li><p>one</p>\n<pre tabindex=\"0\" data-code>a &lt; b</pre>\n</li>\n<li>two</li>\n</ol>")
                .contains("<tr><th scope=\"col\">a</th><td></td></tr>")
                .contains("<tr><td><code>x|y</code></td><td>&lt;script&gt;</td></tr>");
    }
}
