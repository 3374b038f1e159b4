package io.ringcode.authorization;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.json.BodySchema;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonBody;
import io.ringcode.text.StorableText;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The members of a request's body, JSON or form alike. Members that nobody asks for are ignored (RFC 6749 section 3.2). */
public final class Fields {
    static final int LARGEST_BODY = 64 * 1024;

    private final JsonNode members;

    private Fields(JsonNode members) {
        this.members = members;
    }

    /** Reads bodies; a blank member counts as one that is not there (RFC 6749 section 3.2). */
    @Component
    public static class Reader {
        private final ObjectMapper json;

        Reader(ObjectMapper json) {
            this.json = json;
        }

        /** @throws OAuthRefused for another content type, a body over 64 KiB, or one that does not parse */
        public Fields read(HttpServletRequest request) throws IOException {
            var type = contentType(request);
            // Room for what was declared, since a read of up to 64 KiB makes room for 16 of them.
            var declared = request.getContentLength();
            var most = declared < 0 || declared > LARGEST_BODY ? LARGEST_BODY + 1 : declared;
            var body = request.getInputStream().readNBytes(most);
            if (body.length > LARGEST_BODY) throw new OAuthRefused(OAuthError.BODY_TOO_LARGE);
            if (type.isCompatibleWith(MediaType.APPLICATION_JSON)) return new Fields(parse(body));
            if (type.isCompatibleWith(MediaType.APPLICATION_FORM_URLENCODED)) return new Fields(form(body));
            throw new OAuthRefused(OAuthError.UNSUPPORTED_CONTENT);
        }

        private static MediaType contentType(HttpServletRequest request) {
            var header = request.getContentType();
            if (header == null) throw new OAuthRefused(OAuthError.UNSUPPORTED_CONTENT);
            try {
                return MediaType.parseMediaType(header);
            } catch (InvalidMediaTypeException unreadable) {
                throw new OAuthRefused(OAuthError.UNSUPPORTED_CONTENT);
            }
        }

        private JsonNode parse(byte[] body) {
            try {
                var tree = json.readTree(body);
                if (tree instanceof ObjectNode object) return object;
            } catch (JacksonException unreadable) {
                // falls through to the refusal: the parser's message may quote the body
            }
            throw new OAuthRefused(OAuthError.INVALID_REQUEST, "The body is not a JSON object.");
        }

        private ObjectNode form(byte[] body) {
            var form = json.createObjectNode();
            for (var pair : text(body).split("&", -1)) {
                if (pair.isEmpty()) continue;
                var equals = pair.indexOf('=');
                var name = decode(equals < 0 ? pair : pair.substring(0, equals));
                if (form.has(name)) throw new OAuthRefused(OAuthError.INVALID_REQUEST, "A parameter is repeated.");
                form.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
            return form;
        }

        private static String text(byte[] body) {
            try {
                return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            } catch (CharacterCodingException notText) {
                throw new OAuthRefused(OAuthError.INVALID_REQUEST, "The body is not UTF-8.");
            }
        }

        private static String decode(String text) {
            try {
                return URLDecoder.decode(text, UTF_8);
            } catch (IllegalArgumentException notEncoded) {
                throw new OAuthRefused(OAuthError.INVALID_REQUEST, "The body is not a form.");
            }
        }
    }

    /** @throws OAuthRefused when the member is there but not a text */
    public @Nullable String text(String name) {
        var value = members.get(name);
        if (value == null || value.isNull()) return null;
        if (!value.isString())
            throw new OAuthRefused(OAuthError.INVALID_REQUEST, "Parameter " + name + " must be a string.");
        if (!StorableText.is(value.stringValue()))
            throw new OAuthRefused(OAuthError.INVALID_REQUEST, "Parameter " + name + " is not well-formed text.");
        return value.stringValue().isBlank() ? null : value.stringValue();
    }

    /** As it was sent; null where it is not there. What stands in it has to be judged by who asks. */
    public @Nullable JsonNode value(String name) {
        return members.get(name);
    }

    public String required(String name) {
        var value = text(name);
        if (value == null) throw OAuthRefused.missing(name);
        return value;
    }

    /** All members that are texts. */
    Map<String, String> all() {
        var all = new HashMap<String, String>();
        members.properties().forEach(member -> {
            if (member.getValue().isString()
                    && StorableText.is(member.getValue().stringValue()))
                all.put(member.getKey(), member.getValue().stringValue());
        });
        return all;
    }

    /** A list of texts, or a single text in its place; empty when the member is not there. */
    public List<String> texts(String name) {
        var value = members.get(name);
        if (value == null || value.isNull()) return List.of();
        if (!value.isArray()) {
            var single = text(name);
            return single == null ? List.of() : List.of(single);
        }
        var texts = new ArrayList<String>();
        for (var item : value) {
            if (!item.isString())
                throw new OAuthRefused(OAuthError.INVALID_REQUEST, "Parameter " + name + " must hold strings.");
            texts.add(item.stringValue());
        }
        return texts;
    }

    /**
     * The members that a record names; the others are ignored. A single text may stand for a list of one.
     *
     * @throws OAuthRefused when one is missing or does not fit
     */
    public <T extends JsonBody> T as(Class<T> type) {
        var schema = BodySchema.of(type);
        var lists = schema.listNames();
        var given = JsonNodeFactory.instance.objectNode();
        for (var name : schema.memberNames()) {
            if (lists.contains(name)) {
                var texts = texts(name);
                if (!texts.isEmpty()) texts.forEach(given.putArray(name)::add);
            } else {
                var text = text(name);
                if (text != null) given.put(name, text);
            }
        }
        try {
            return schema.read(given);
        } catch (InvalidBody unfit) {
            var name = String.valueOf(unfit.property());
            if (!given.has(name)) throw OAuthRefused.missing(name);
            throw new OAuthRefused(OAuthError.INVALID_REQUEST, "Parameter " + name + ": " + unfit.reason() + ".");
        }
    }
}
