package io.ringcode.console.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of ids and texts in addresses. */
public final class Links {
    private Links() {}

    /** For a part of a path, or a parameter: users' ids have a bar in them. */
    public static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
