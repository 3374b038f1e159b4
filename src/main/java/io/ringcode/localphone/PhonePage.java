package io.ringcode.localphone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.springframework.web.util.HtmlUtils.htmlEscape;

import io.ringcode.phone.PhoneNumber;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The phone's two screens as HTML: the conversations, and one of them. All text from outside goes through escape. */
final class PhonePage {
    /** UTC, and the page's script turns it into the reader's own time. */
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int PREVIEW = 90;

    private PhonePage() {}

    /**
     * @param newestFirst everybody's messages
     * @param chosen the conversation that was asked for; null shows the latest one beside the list
     */
    static String render(List<Arrived> newestFirst, @Nullable PhoneNumber chosen, String sender) {
        var conversations = conversations(newestFirst);
        var open = chosen != null || newestFirst.isEmpty()
                ? chosen
                : newestFirst.getFirst().to();
        var latest = newestFirst.isEmpty()
                ? Instant.EPOCH.toString()
                : newestFirst.getFirst().at().toString();
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                <link rel="stylesheet" href="/dev/phone/phone.css">
                <link rel="icon" href="/dev/phone/phone.svg" type="image/svg+xml">
                <script src="/dev/phone/phone.js" defer></script>
                <noscript><meta http-equiv="refresh" content="5"></noscript>
                </head>
                <body class="%s" data-latest="%s" data-open="%s">
                <div class="phone">
                %s
                %s
                </div>
                <p class="about">Local phone · for development: whoever opens this page can read the codes</p>
                <div id="status" class="unseen" role="status" aria-live="polite"></div>
                </body>
                </html>
                """.formatted(
                        open == null ? "Local phone" : escape(open.readable()) + " · Local phone",
                        chosen == null ? "at-list" : "at-thread",
                        escape(latest),
                        open == null ? "" : escape(open.e164()),
                        list(conversations, open),
                        open == null ? empty() : thread(open, conversations.getOrDefault(open, List.of()), sender));
    }

    private static Map<PhoneNumber, List<Arrived>> conversations(List<Arrived> newestFirst) {
        var byNumber = new LinkedHashMap<PhoneNumber, List<Arrived>>();
        for (var message : newestFirst)
            byNumber.computeIfAbsent(message.to(), _ -> new ArrayList<>()).add(message);
        return byNumber;
    }

    private static String list(Map<PhoneNumber, List<Arrived>> conversations, @Nullable PhoneNumber open) {
        var rows = conversations.values().stream()
                .map(messages ->
                        row(messages.getFirst(), messages.getFirst().to().equals(open)))
                .collect(joining("\n"));
        return """
                <nav class="list" aria-labelledby="list-title">
                <h1 id="list-title">Messages</h1>
                <ul id="rows">%s</ul>
                </nav>""".formatted(rows);
    }

    static String row(Arrived message, boolean open) {
        var text = message.text();
        var preview = text.length() <= PREVIEW ? text : text.substring(0, PREVIEW) + "…";
        return """
                <li data-to="%s"><a href="/dev/phone?to=%s"%s>
                <span class="who">%s</span> %s
                <span class="preview" dir="auto">%s%s</span></a></li>""".formatted(
                        escape(message.to().e164()),
                        URLEncoder.encode(message.to().e164(), UTF_8),
                        open ? " aria-current=\"true\"" : "",
                        escape(message.to().readable()),
                        time(message.at()),
                        message.channel().isSpoken() ? "<b>Call</b> " : "",
                        escape(preview));
    }

    private static String thread(PhoneNumber to, List<Arrived> newestFirst, String sender) {
        var bubbles = newestFirst.reversed().stream().map(PhonePage::bubble).collect(joining("\n"));
        return """
                <main class="thread" aria-labelledby="thread-title">
                <header><a class="back" href="/dev/phone">Messages</a>
                <h2 id="thread-title">%s</h2><p class="from">from <bdi>%s</bdi></p></header>
                <div class="scroll" tabindex="0" role="region" aria-labelledby="thread-title">
                <ol id="bubbles" role="log" aria-live="polite" aria-label="Messages to %s">%s</ol></div>
                </main>""".formatted(escape(to.readable()), escape(sender), escape(to.readable()), bubbles);
    }

    static String bubble(Arrived message) {
        var code = message.code();
        var copy = code == null ? "" : """
                <p class="code"><span class="unseen">Code </span><data value="%s">%s</data>
                <button type="button" class="copy" data-code="%s" aria-label="Copy code %s">Copy</button></p>""".formatted(code, code, code, code);
        var call = message.channel().isSpoken() ? "<p class=\"call\">Call · what was said</p>" : "";
        return """
                <li class="bubble %s">%s<p class="text" dir="auto">%s</p>%s%s</li>""".formatted(message.channel().wire(), call, escape(message.text()), copy, time(message.at()));
    }

    private static String empty() {
        return """
                <main class="thread empty"><h2>No messages yet</h2>
                <p>Ask for a code in your application. It appears here by itself.</p></main>""";
    }

    private static String time(Instant at) {
        return "<time datetime=\"" + at + "\">" + CLOCK.format(at) + " UTC</time>";
    }

    private static String escape(String text) {
        return htmlEscape(text, "UTF-8");
    }
}
