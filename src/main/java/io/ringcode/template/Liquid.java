package io.ringcode.template;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import liqp.Template;
import liqp.TemplateContext;
import liqp.exceptions.LiquidException;
import liqp.parser.v4.NodeVisitor;

/**
 * One parsed template, for any number of threads. Rendering does not go through {@link Template#render}, which keeps
 * the variables of the latest call in a field: two messages at once could swap their codes. Each call here builds its
 * own nodes on the shared syntax tree.
 */
final class Liquid {
    private static final int LONGEST = 20_000;
    private static final int DEEPEST = 32;
    private static final Pattern BLOCK =
            Pattern.compile("\\{%-?\\s*(end)?(?:if|unless|case|for|tablerow|capture|ifchanged)\\b");

    private static final int LONGEST_TAG = 2_000;
    private static final Pattern TAG = Pattern.compile("\\{\\{[^}]*+|\\{%[^%]*+", Pattern.DOTALL);

    private final Template template;

    /** @throws InvalidTemplate with a reason for its author, and line and column where they are known */
    Liquid(String text) {
        if (text.isBlank()) throw new InvalidTemplate("is empty");
        if (text.length() > LONGEST) throw new InvalidTemplate("is longer than " + LONGEST + " characters");
        refuseDeep(text);
        try {
            this.template = Sandbox.PARSER.parse(text);
            nodes().visit(template.getParseTree());
        } catch (LiquidException unreadable) {
            throw new InvalidTemplate("line " + unreadable.line + ", column " + (unreadable.charPositionInLine + 1)
                    + ": " + oneLine(unreadable));
        } catch (StackOverflowError deep) {
            throw new InvalidTemplate("is nested too deeply");
        } catch (RuntimeException unreadable) {
            throw new InvalidTemplate(oneLine(unreadable));
        }
    }

    /** @throws InvalidTemplate if it fails or takes too much; the reason never holds a variable's value */
    String render(Map<String, Object> variables) {
        var context = new TemplateContext(Sandbox.PARSER, new HashMap<>(variables));
        try {
            return String.valueOf(nodes().visit(template.getParseTree()).render(context))
                    .strip();
        } catch (RuntimeException failed) {
            throw new InvalidTemplate(reason(failed));
        } catch (StackOverflowError deep) {
            throw new InvalidTemplate("is nested too deeply");
        }
    }

    private static NodeVisitor nodes() {
        return new NodeVisitor(Sandbox.PARSER.insertions, Sandbox.PARSER.filters, Sandbox.PARSER.liquidStyleInclude);
    }

    /** The parser recurses into blocks and brackets, and takes ever longer for it the deeper they lie. */
    private static void refuseDeep(String text) {
        int depth = 0;
        for (var block = BLOCK.matcher(text); block.find(); ) {
            depth += block.group(1) == null ? 1 : -1;
            if (depth > DEEPEST) throw new InvalidTemplate("has more than " + DEEPEST + " blocks inside each other");
        }
        for (var tag = TAG.matcher(text); tag.find(); )
            if (tag.group().chars().filter(c -> c == '[' || c == '(').count() > DEEPEST)
                throw new InvalidTemplate("has more than " + DEEPEST + " brackets in one tag");
            else if (tag.group().length() > LONGEST_TAG)
                throw new InvalidTemplate("has a tag of more than " + LONGEST_TAG + " characters");
    }

    /** What the library says of a failed render may quote a variable, so only our own words pass. */
    private static String reason(RuntimeException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause())
            if (cause instanceof Sandbox.Exceeded exceeded) return exceeded.limit();
        return "cannot be rendered (" + failed.getClass().getSimpleName() + ")";
    }

    private static String oneLine(RuntimeException unreadable) {
        var message = String.valueOf(unreadable.getMessage()).strip();
        var quoted = Pattern.compile("^\\w+ error \"(.*)\" on line \\d+, index \\d+$", Pattern.DOTALL)
                .matcher(message);
        var line = (quoted.matches() ? quoted.group(1) : message).replaceAll("\\s+", " ");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
