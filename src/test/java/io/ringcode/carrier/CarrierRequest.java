package io.ringcode.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody asked of the fake carrier.
 *
 * @param headers by name in lower case; the last one of a name
 * @param target path and query as sent
 */
public record CarrierRequest(String method, String target, Map<String, String> headers, String body) {
    public String path() {
        return target.split("\\?", 2)[0];
    }

    /** The body as a form; a repeated field keeps all its values. */
    public Map<String, List<String>> form() {
        var form = new LinkedHashMap<String, List<String>>();
        for (var field : body.split("&", -1)) {
            var parts = field.split("=", 2);
            if (parts.length < 2) continue;
            form.computeIfAbsent(URLDecoder.decode(parts[0], UTF_8), _ -> new ArrayList<>())
                    .add(URLDecoder.decode(parts[1], UTF_8));
        }
        return form;
    }

    /** @return the field's only value; empty text where it is absent */
    public String field(String name) {
        return form().getOrDefault(name, List.of("")).getFirst();
    }
}
