package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a script's page is made of. */
class HookPagesTest {
    private final Console console = Console.of(Ringcode.shared().tenant());

    @Test
    void a_script_is_typed_in_a_text_field_that_others_colour() {
        assertThat(console.open("/console/hooks/new?example=twilio").html())
                .containsPattern("<textarea id=\"script\" name=\"script\"[^>]*>\n'use strict';")
                .contains("<script src=\"/console/assets/prism.js\" defer>")
                .contains("<script src=\"/console/assets/editor.js\" defer>");
        assertThat(console.open("/console/log").html()).doesNotContain("prism.js");
    }

    @ParameterizedTest
    @CsvSource({
        "prism.js,languages.javascript=,text/javascript",
        "htmx.js,htmx,text/javascript",
        "editor.js,Prism.highlight,text/javascript",
        "routes.js,pointerdown,text/javascript",
        "script.css,.token,text/css"
    })
    void the_files_come_from_this_server(String name, String content, String type) {
        var file = console.open("/console/assets/" + name);
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.html()).contains(content);
        assertThat(file.whole().headers().firstValue("Content-Type").orElse("")).startsWith(type);
    }

    @Test
    void no_other_file_does() {
        for (var name : new String[] {"nothing.js", "..%2fconsole.js", "prism", "prismjs"})
            assertThat(console.open("/console/assets/" + name).status())
                    .as(name)
                    .isBetween(400, 404);
    }
}
