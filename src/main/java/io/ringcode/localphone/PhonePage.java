package io.ringcode.localphone;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.ringcode.phone.PhoneNumber;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The phone's two screens, the conversations and one of them, as its template reads them.
 *
 * @param newestFirst everybody's messages
 * @param chosen the conversation that was asked for; null shows the latest one beside the list
 * @param sender whom messages are from
 */
public record PhonePage(List<Arrived> newestFirst, @Nullable PhoneNumber chosen, String sender) {
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(ContentType.Html);

    String html() {
        return render("localphone/page.jte", Map.of("page", this));
    }

    /** In the list of conversations: the newest message of one. */
    static String row(Arrived newest) {
        return render("localphone/row.jte", Map.of("message", newest, "open", false));
    }

    static String bubble(Arrived message) {
        return render("localphone/bubble.jte", Map.of("message", message));
    }

    private static String render(String template, Map<String, Object> parameters) {
        var html = new StringOutput();
        TEMPLATES.render(template, parameters, html);
        return html.toString();
    }

    /** The conversation that is shown; null when there is none yet. */
    public @Nullable PhoneNumber open() {
        return chosen != null || newestFirst.isEmpty()
                ? chosen
                : newestFirst.getFirst().to();
    }

    /** The newest message of each conversation. */
    public List<Arrived> conversations() {
        var byNumber = new LinkedHashMap<PhoneNumber, Arrived>();
        for (var message : newestFirst) byNumber.putIfAbsent(message.to(), message);
        return List.copyOf(byNumber.values());
    }

    /** The open conversation, the oldest message first. */
    public List<Arrived> thread() {
        return newestFirst.stream()
                .filter(message -> message.to().equals(open()))
                .toList()
                .reversed();
    }

    /** When the newest message arrived, for the script that asks for newer ones. */
    public String latest() {
        return (newestFirst.isEmpty() ? Instant.EPOCH : newestFirst.getFirst().at()).toString();
    }
}
