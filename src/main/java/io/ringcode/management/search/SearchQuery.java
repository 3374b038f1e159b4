package io.ringcode.management.search;

import io.ringcode.management.json.ManagementRefused;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parsed search query, in the part of Lucene's query language that Auth0 documents: {@code field:value}, {@code field:"a phrase"},
 * {@code field:begin*}, {@code field:[low TO high]}, {@code _exists_:field}, words without a field, {@code AND},
 * {@code OR}, {@code NOT} and brackets. Two terms side by side are both wanted.
 */
public sealed interface SearchQuery {
    record And(List<SearchQuery> parts) implements SearchQuery {}

    record Or(List<SearchQuery> parts) implements SearchQuery {}

    record Not(SearchQuery part) implements SearchQuery {}

    /** @param field empty where none was named */
    record Term(String field, String value, boolean prefix) implements SearchQuery {}

    record Exists(String field) implements SearchQuery {}

    /** @param low null for none, as {@code high} */
    record Range(
            String field,
            @Nullable String low,
            boolean lowIncluded,
            @Nullable String high,
            boolean highIncluded) implements SearchQuery {}

    /** @throws ManagementRefused when the text is no such query */
    static SearchQuery parse(String text) {
        return new Parser(text).whole();
    }

    /** Reads by recursive descent: or, and, not, primary. */
    final class Parser {
        private static final int LONGEST = 2000;
        private static final int DEEPEST = 20;

        private final String text;
        private int at;
        private int depth;

        Parser(String text) {
            if (text.length() > LONGEST) throw refused();
            this.text = text;
        }

        SearchQuery whole() {
            var query = or();
            blanks();
            if (at < text.length()) throw refused();
            return query;
        }

        private SearchQuery or() {
            var parts = new ArrayList<SearchQuery>();
            do parts.add(and());
            while (word("OR"));
            return parts.size() == 1 ? parts.getFirst() : new Or(parts);
        }

        private SearchQuery and() {
            var parts = new ArrayList<SearchQuery>();
            do {
                parts.add(not());
                word("AND");
            } while (more());
            return parts.size() == 1 ? parts.getFirst() : new And(parts);
        }

        private boolean more() {
            blanks();
            return at < text.length() && text.charAt(at) != ')' && !isWord("OR");
        }

        private SearchQuery not() {
            if (word("NOT") || symbol('-')) return new Not(not());
            return primary();
        }

        private SearchQuery primary() {
            blanks();
            if (!symbol('(')) return term();
            if (++depth > DEEPEST) throw refused();
            var inner = or();
            if (!symbol(')')) throw refused();
            depth--;
            return inner;
        }

        private SearchQuery term() {
            if (peek() == '"') return new Term("", quoted(), false);
            var name = plain(true);
            if (!symbolHere(':')) return value("", name);
            if (name.equals("_exists_")) return new Exists(plain(true));
            return switch (peek()) {
                case '"' -> new Term(name, quoted(), false);
                case '[', '{' -> range(name);
                case '(' -> group(name);
                default -> value(name, plain(false));
            };
        }

        /** {@code field:(a OR b)} */
        private SearchQuery group(String field) {
            at++;
            var parts = new ArrayList<SearchQuery>();
            do {
                blanks();
                parts.add(peek() == '"' ? new Term(field, quoted(), false) : value(field, plain(false)));
            } while (word("OR"));
            if (!symbol(')')) throw refused();
            return new Or(parts);
        }

        private static SearchQuery value(String field, String value) {
            if (value.equals("*")) return new Exists(field);
            var prefix = value.endsWith("*");
            return new Term(field, prefix ? value.substring(0, value.length() - 1) : value, prefix);
        }

        private SearchQuery range(String field) {
            var lowIncluded = text.charAt(at++) == '[';
            var low = bound();
            if (!word("TO")) throw refused();
            var high = bound();
            blanks();
            var close = peek();
            if (close != ']' && close != '}') throw refused();
            at++;
            return new Range(field, low, lowIncluded, high, close == ']');
        }

        private @Nullable String bound() {
            blanks();
            var bound = peek() == '"' ? quoted() : plain(false);
            return bound.equals("*") ? null : bound;
        }

        private String quoted() {
            var value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                var c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return value.toString();
                }
                if (c == '\\' && at + 1 < text.length()) c = text.charAt(++at);
                value.append(c);
            }
            throw refused();
        }

        /** @param name whether a colon ends it */
        private String plain(boolean name) {
            var value = new StringBuilder();
            for (; at < text.length(); at++) {
                var c = text.charAt(at);
                if (Character.isWhitespace(c) || "()[]{}\"".indexOf(c) >= 0 || (name && c == ':')) break;
                if (c == '\\' && at + 1 < text.length()) c = text.charAt(++at);
                value.append(c);
            }
            if (value.isEmpty()) throw refused();
            return value.toString();
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : '\0';
        }

        private boolean symbol(char wanted) {
            blanks();
            return symbolHere(wanted);
        }

        private boolean symbolHere(char wanted) {
            if (peek() != wanted) return false;
            at++;
            return true;
        }

        private boolean isWord(String wanted) {
            var end = at + wanted.length();
            return text.startsWith(wanted, at)
                    && (end == text.length() || Character.isWhitespace(text.charAt(end)) || text.charAt(end) == '(');
        }

        private boolean word(String wanted) {
            blanks();
            if (!isWord(wanted)) return false;
            at += wanted.length();
            return true;
        }

        private void blanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
        }

        private static ManagementRefused refused() {
            return ManagementRefused.query("q", "The query cannot be read");
        }
    }
}
