package io.ringcode.login;

import io.ringcode.TestTenant;
import io.ringcode.server.Eventually;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Mails of a test's tenant, as the mailbox has them, and the links in them. */
public final class Links {
    private static final Pattern LINK = Pattern.compile("https?://[^/\\s]+(/u/\\S+)");

    private Links() {}

    public static JsonNode mails(TestTenant tenant) {
        return JsonMapper.shared().readTree(tenant.text("/dev/mailbox/messages").body());
    }

    /** The newest mail to somebody whose text has this in it, once it has arrived. */
    public static JsonNode mail(TestTenant tenant, String to, String part) throws Exception {
        var found = new AtomicReference<JsonNode>();
        Eventually.holds("a mail with " + part, () -> {
            mails(tenant)
                    .valueStream()
                    .filter(mail -> mail.path("to").asString().equals(to))
                    .filter(mail -> mail.toString().contains(part))
                    .findFirst()
                    .ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    /** The path of the link in a text. */
    public static String in(String text) {
        var link = LINK.matcher(text);
        if (!link.find()) throw new AssertionError("No link in " + text);
        return link.group(1);
    }

    static String in(JsonNode mail) {
        return in(mail.path("text").asString());
    }
}
