package io.ringcode.localphone;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.ringcode.mail.Mailbox;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A mail as the mailbox shows it.
 *
 * @param parts its text, cut at the links in it
 */
public record ArrivedMail(String id, String to, String subject, List<Part> parts, Instant at) {
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(ContentType.Html);
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+");
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    public record Part(String text, boolean link) {}

    static ArrivedMail of(Mailbox.Mail mail) {
        var parts = new ArrayList<Part>();
        var found = LINK.matcher(mail.text());
        int end = 0;
        while (found.find()) {
            parts.add(new Part(mail.text().substring(end, found.start()), false));
            parts.add(new Part(found.group(), true));
            end = found.end();
        }
        parts.add(new Part(mail.text().substring(end), false));
        return new ArrivedMail(mail.id(), mail.to(), mail.subject(), List.copyOf(parts), mail.at());
    }

    static String page(List<ArrivedMail> newestFirst) {
        var html = new StringOutput();
        TEMPLATES.render("localphone/mailbox.jte", Map.of("mails", newestFirst), html);
        return html.toString();
    }

    public String clock() {
        return CLOCK.format(at);
    }

    @Override
    public String toString() {
        return "ArrivedMail[" + id + "]";
    }
}
