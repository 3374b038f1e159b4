package io.ringcode.management;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search in the part of Lucene's query language that Auth0 documents: {@code field:value}, {@code field:"a phrase"},
 * {@code field:begin*}, {@code field:[low TO high]}, {@code _exists_:field}, words without a field, {@code AND},
 * {@code OR}, {@code NOT} and brackets. Two terms side by side are both wanted.
 */
sealed interface Query {
    record And(List<Query> parts) implements Query {}

    record Or(List<Query> parts) implements Query {}

    record Not(Query part) implements Query {}

    /** @param field empty where none was named */
    record Term(String field, String value, boolean prefix) implements Query {}

    record Exists(String field) implements Query {}

    /** @param low null for none, as {@code high} */
    record Range(
            String field,
            @Nullable String low,
            boolean lowIncluded,
            @Nullable String high,
            boolean highIncluded) implements Query {}

    /** @throws ManagementRefused when the text is no such query */
    static Query parse(String text) {
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

        Query whole() {
            var query = or();
            blanks();
            if (at < text.length()) throw refused();
            return query;
        }

        private Query or() {
            var parts = new ArrayList<Query>();
            do parts.add(and());
            while (word("OR"));
            return parts.size() == 1 ? parts.getFirst() : new Or(parts);
        }

        private Query and() {
            var parts = new ArrayList<Query>();
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

        private Query not() {
            if (word("NOT") || symbol('-')) return new Not(not());
            return primary();
        }

        private Query primary() {
            blanks();
            if (!symbol('(')) return term();
            if (++depth > DEEPEST) throw refused();
            var inner = or();
            if (!symbol(')')) throw refused();
            depth--;
            return inner;
        }

        private Query term() {
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
        private Query group(String field) {
            at++;
            var parts = new ArrayList<Query>();
            do {
                blanks();
                parts.add(peek() == '"' ? new Term(field, quoted(), false) : value(field, plain(false)));
            } while (word("OR"));
            if (!symbol(')')) throw refused();
            return new Or(parts);
        }

        private static Query value(String field, String value) {
            if (value.equals("*")) return new Exists(field);
            var prefix = value.endsWith("*");
            return new Term(field, prefix ? value.substring(0, value.length() - 1) : value, prefix);
        }

        private Query range(String field) {
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
