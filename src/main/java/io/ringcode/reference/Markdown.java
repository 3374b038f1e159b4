package io.ringcode.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A Markdown renderer for the pages of the manual: headings, paragraphs, lists, tables, fenced blocks, and within lines code,
 * strong, emphasis and links. All else is text.
 */
final class Markdown {
    private static final Pattern ITEM = Pattern.compile("(- |[0-9]{1,2}\\. ).*");

    private final Function<String, String> links;
    private final StringBuilder html = new StringBuilder();

    /** @param links from the target of a link to an address; empty where there is none, and the link is text then */
    private Markdown(Function<String, String> links) {
        this.links = links;
    }

    static String html(String text, Function<String, String> links) {
        var page = new Markdown(links);
        page.blocks(text.lines().toList());
        return page.html.toString();
    }

    private void blocks(List<String> lines) {
        for (int i = 0; i < lines.size(); ) {
            var line = lines.get(i);
            if (line.isBlank()) i++;
            else if (line.startsWith("<!--")) i = end(lines, i, "-->");
            else if (line.strip().startsWith("```")) i = fence(lines, i);
            else if (line.startsWith("#")) heading(lines.get(i++));
            else if (line.startsWith("|")) i = table(lines, i);
            else if (ITEM.matcher(line).matches()) i = list(lines, i);
            else i = paragraph(lines, i);
        }
    }

    private static int end(List<String> lines, int from, String mark) {
        int i = from;
        while (i < lines.size() && !lines.get(i).contains(mark)) i++;
        return i + 1;
    }

    private int fence(List<String> lines, int from) {
        var text = new ArrayList<String>();
        int i = from + 1;
        while (i < lines.size() && !lines.get(i).strip().equals("```")) text.add(lines.get(i++));
        html.append("<pre tabindex=\"0\" data-code>")
                .append(escaped(String.join("\n", text)))
                .append("</pre>\n");
        return i + 1;
    }

    private void heading(String line) {
        int level = line.indexOf(' ');
        var title = line.substring(level).strip();
        var tag = "h" + level;
        html.append('<').append(tag).append(" id=\"").append(slug(title)).append("\">");
        inline(title);
        html.append("</").append(tag).append(">\n");
    }

    /** As the hosts of source code make it, so that links work there and here. */
    private static String slug(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
    }

    private int table(List<String> lines, int from) {
        html.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>\n");
        row("th scope=\"col\"", "th", lines.get(from));
        int i = from + 2; // past the line that divides the head from the rows
        for (; i < lines.size() && lines.get(i).startsWith("|"); i++) row("td", "td", lines.get(i));
        html.append("</table></div>\n");
        return i;
    }

    private void row(String opening, String closing, String line) {
        var inner = line.strip().replaceAll("^\\||\\|$", "");
        html.append("<tr>");
        for (var cell : inner.split("(?<!\\\\)\\|", -1)) {
            // A head without words would be a heading of nothing.
            var tag = cell.isBlank() ? "td" : opening;
            html.append('<').append(tag).append('>');
            inline(cell.strip().replace("\\|", "|"));
            html.append("</").append(cell.isBlank() ? "td" : closing).append('>');
        }
        html.append("</tr>\n");
    }

    private int list(List<String> lines, int from) {
        var tag = lines.get(from).startsWith("- ") ? "ul" : "ol";
        html.append('<').append(tag).append(">\n");
        int i = from;
        while (i < lines.size() && ITEM.matcher(lines.get(i)).matches()) {
            int indent = lines.get(i).indexOf(' ') + 1;
            var item = new ArrayList<>(List.of(lines.get(i++).substring(indent)));
            for (; i < lines.size() && belongs(lines, i); i++) {
                var line = lines.get(i);
                item.add(line.substring(
                        Math.min(indent, line.length() - line.stripLeading().length())));
            }
            html.append("<li>");
            if (item.stream()
                    .anyMatch(line -> line.isBlank()
                            || line.startsWith("```")
                            || ITEM.matcher(line).matches())) blocks(item);
            else inline(String.join("\n", item));
            html.append("</li>\n");
        }
        html.append("</").append(tag).append(">\n");
        return i;
    }

    /** What is indented belongs to the item above it, and a blank line before such a one. */
    private static boolean belongs(List<String> lines, int at) {
        var line = lines.get(at);
        return line.startsWith("  ")
                || (line.isBlank() && at + 1 < lines.size() && lines.get(at + 1).startsWith("  "));
    }

    private int paragraph(List<String> lines, int from) {
        int i = from + 1;
        while (i < lines.size() && !beginsBlock(lines.get(i))) i++;
        html.append("<p>");
        inline(String.join("\n", lines.subList(from, i)));
        html.append("</p>\n");
        return i;
    }

    private static boolean beginsBlock(String line) {
        return line.isBlank()
                || line.startsWith("#")
                || line.startsWith("|")
                || line.startsWith("```")
                || line.startsWith("<!--")
                || ITEM.matcher(line).matches();
    }

    private void inline(String text) {
        for (int i = 0; i < text.length(); ) {
            if (text.startsWith("`", i)) i = code(text, i);
            else if (text.startsWith("[", i)) i = link(text, i);
            else if (text.startsWith("**", i)) i = marked(text, i, "**", "strong");
            else if (text.startsWith("*", i)) i = marked(text, i, "*", "em");
            else if (text.startsWith("\\", i) && i + 1 < text.length()) i = plain(text, i + 1);
            else i = plain(text, i);
        }
    }

    private int plain(String text, int at) {
        html.append(escaped(text.substring(at, at + 1)));
        return at + 1;
    }

    private int code(String text, int at) {
        int end = text.indexOf('`', at + 1);
        if (end < 0) return plain(text, at);
        html.append("<code>").append(escaped(text.substring(at + 1, end))).append("</code>");
        return end + 1;
    }

    private int marked(String text, int at, String mark, String tag) {
        int first = at + mark.length();
        int end = text.indexOf(mark, first);
        if (end < 0 || end == first || Character.isWhitespace(text.charAt(first))) return plain(text, at);
        html.append('<').append(tag).append('>');
        inline(text.substring(first, end));
        html.append("</").append(tag).append('>');
        return end + mark.length();
    }

    private int link(String text, int at) {
        int middle = text.indexOf("](", at);
        int end = middle < 0 ? -1 : text.indexOf(')', middle);
        if (end < 0) return plain(text, at);
        var address = links.apply(text.substring(middle + 2, end));
        if (!address.isEmpty())
            html.append("<a href=\"").append(escaped(address)).append("\">");
        inline(text.substring(at + 1, middle));
        if (!address.isEmpty()) html.append("</a>");
        return end + 1;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
