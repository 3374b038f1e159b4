package io.ringcode.console.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;

/** Example scripts, from which a new hook can begin. */
final class ScriptExamples {
    static final List<String> NAMES =
            List.of("amazon-sns", "esendex", "infobip", "mitto", "telesign", "twilio", "vonage");

    private static final String EMPTY = """
            'use strict';

            module.exports = function (recipient, text, context, cb) {
                // Send the text here, then say so: cb(null, {}), or cb(error).
                cb(new Error('Nothing is sent yet'));
            };
            """;

    private ScriptExamples() {}

    /** @return what every script begins as where there is no example of that name */
    static String code(String name) throws IOException {
        if (!NAMES.contains(name)) return EMPTY;
        try (var file =
                ScriptExamples.class.getResourceAsStream("/io/ringcode/console/examples/" + name + "/hook.js")) {
            return file == null ? EMPTY : new String(file.readAllBytes(), UTF_8);
        }
    }
}
