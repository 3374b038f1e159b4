package io.ringcode.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;

/** Reads names and values from a query and a form (WHATWG URL, application/x-www-form-urlencoded), in UTF-8. */
final class Parameters {
    /** A form of all the routes there may be has more than a thousand. */
    private static final int MOST = 4000;

    private final Map<String, List<String>> found = new LinkedHashMap<>();
    private int count;

    void add(String query) {
        add(query.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    /** @throws InvalidParameterException for what is no form */
    void add(byte[] form) {
        var start = 0;
        for (int at = 0; at <= form.length; at++) {
            if (at < form.length && form[at] != '&') continue;
            if (at > start) addPair(form, start, at);
            start = at + 1;
        }
    }

    private void addPair(byte[] form, int from, int to) {
        if (++count > MOST) throw new InvalidParameterException("There are too many parameters", 413);
        var equals = from;
        while (equals < to && form[equals] != '=') equals++;
        var name = decoded(form, from, equals);
        var value = equals < to ? decoded(form, equals + 1, to) : "";
        if (!name.isEmpty())
            found.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
    }

    private static String decoded(byte[] form, int from, int to) {
        var text = new ByteArrayOutputStream(to - from);
        for (int at = from; at < to; at++) {
            var one = form[at];
            if (one == '+') text.write(' ');
            else if (one != '%') text.write(one);
            else {
                if (at + 2 >= to) throw unreadable();
                text.write(16 * digit(form[at + 1]) + digit(form[at + 2]));
                at += 2;
            }
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(text.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw unreadable();
        }
    }

    private static int digit(byte hexadecimal) {
        var digit = Character.digit(hexadecimal, 16);
        if (digit < 0) throw unreadable();
        return digit;
    }

    private static InvalidParameterException unreadable() {
        return new InvalidParameterException("The parameters cannot be read", 400);
    }

    Map<String, String[]> all() {
        var all = new LinkedHashMap<String, String[]>();
        found.forEach((name, values) -> all.put(name, values.toArray(String[]::new)));
        return all;
    }
}
