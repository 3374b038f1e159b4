package io.ringcode.localphone;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.ringcode.delivery.builtin.PhoneBehavior;
import io.ringcode.phone.PhoneNumber;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page of the local phone as its template reads it: the conversations, and one phone or several side by side.
 *
 * @param newestFirst everybody's messages
 * @param phones those that are shown
 * @param chosen whether somebody asked for them; else it is the one with the newest message, beside the list
 * @param sender whom messages are from
 * @param time null where the clock cannot be moved
 */
public record PhonePage(
        List<Arrived> newestFirst,
        List<Phone> phones,
        boolean chosen,
        String sender,
        DevelopmentClock.@Nullable Time time) {
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(ContentType.Html);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

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

    /**
     * One phone.
     *
     * @param messages the oldest first
     */
    public record Phone(PhoneNumber number, PhoneBehavior behavior, List<Arrived> messages) {
        static Phone of(PhoneNumber number, PhoneBehavior behavior, List<Arrived> newestFirst) {
            var own = newestFirst.stream()
                    .filter(message -> message.to().equals(number))
                    .toList();
            return new Phone(number, behavior, own.reversed());
        }
    }

    /** A choice in the list of behaviors. */
    public record Choice(String value, String title, boolean chosen) {}

    public List<Choice> choices(Phone phone) {
        return Stream.of(PhoneBehavior.values())
                .map(one -> new Choice(one.name().toLowerCase(Locale.ROOT), one.title(), one == phone.behavior()))
                .toList();
    }

    public boolean shows(PhoneNumber number) {
        return phones.stream().anyMatch(phone -> phone.number().equals(number));
    }

    /** For the title of the page; empty where no phone is shown. */
    public String names() {
        return phones.stream().map(phone -> phone.number().readable()).collect(Collectors.joining(", "));
    }

    /** A step of the clock: a duration in ISO 8601, and what its button says. */
    public record Step(String by, String title) {}

    public List<Step> steps() {
        return List.of(
                new Step("PT1M", "+1 minute"),
                new Step("PT10M", "+10 minutes"),
                new Step("PT1H", "+1 hour"),
                new Step("P1D", "+1 day"));
    }

    public boolean isAhead() {
        return time != null && time.ahead().isPositive();
    }

    /** The server's time to the second, in UTC. */
    public String now() {
        return time == null ? "" : TIME.format(time.now());
    }

    /** The newest message of each conversation. */
    public List<Arrived> conversations() {
        var byNumber = new LinkedHashMap<PhoneNumber, Arrived>();
        for (var message : newestFirst) byNumber.putIfAbsent(message.to(), message);
        return List.copyOf(byNumber.values());
    }

    /** When the newest message arrived, for the script that asks for newer ones. */
    public String latest() {
        return (newestFirst.isEmpty() ? Instant.EPOCH : newestFirst.getFirst().at()).toString();
    }
}
