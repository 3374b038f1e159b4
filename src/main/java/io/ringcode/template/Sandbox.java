package io.ringcode.template;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import liqp.RenderTransformer;
import liqp.TemplateContext;
import liqp.TemplateParser;
import liqp.filters.Filter;
import liqp.nodes.LNode;
import liqp.parser.Flavor;
import liqp.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Liquid that cannot harm the server: no files, and work, output, loops and every value bounded. All that a template
 * computes passes through a filter or a block, so both count. Work is counted rather than timed: a busy machine does
 * not turn a good template away, and no thread has to watch. All of it takes well below 100 ms.
 */
final class Sandbox {
    private static final int LARGEST = 4_096; // characters of a text, elements of a list
    private static final int MOST_DIGITS = 50;
    private static final int MOST_ITERATIONS = 1_000;
    private static final long MOST_WORK = 20_000; // steps; one is a short filter, or a thousand characters compared
    private static final String WORK = "ringcode.work";

    static final TemplateParser PARSER = parser();

    private Sandbox() {}

    /** A template asked for more than one message may take. */
    static final class Exceeded extends RuntimeException {
        private final String limit;

        Exceeded(String limit) {
            super(limit);
            this.limit = limit;
        }

        String limit() {
            return limit;
        }
    }

    private static TemplateParser parser() {
        var builder = new TemplateParser.Builder()
                .withFlavor(Flavor.LIQUID)
                .withStrictTypedExpressions(false) // as LiquidJS: a text and a number compare, unequal
                .withDefaultTimeZone(ZoneOffset.UTC)
                .withMaxIterations(MOST_ITERATIONS)
                .withRenderTransformer(new BoundedOutput())
                .withTag(new NoInclude());
        for (var filter : Flavor.LIQUID.getFilters().values()) builder.withFilter(new Bounded(filter));
        return builder.build();
    }

    private static void count(TemplateContext context, long steps) {
        var work = context.<Map<String, Long>>getRegistry(WORK).merge(WORK, steps, Long::sum);
        if (work > MOST_WORK) throw new Exceeded("takes more than " + MOST_WORK + " steps");
    }

    private static void bounded(@Nullable Object value) {
        switch (value) {
            case CharSequence text
            when text.length() > LARGEST -> throw new Exceeded("makes a text longer than " + LARGEST + " characters");
            case Collection<?> list
            when list.size() > LARGEST -> throw new Exceeded("makes a list longer than " + LARGEST);
            case Object[] list when list.length > LARGEST -> throw new Exceeded("makes a list longer than " + LARGEST);
            case BigDecimal number
            when number.precision() > MOST_DIGITS || Math.abs(number.scale()) > MOST_DIGITS ->
                throw new Exceeded("makes a number of more than " + MOST_DIGITS + " digits");
            case null, default -> {}
        }
    }

    private static long size(@Nullable Object value) {
        return switch (value) {
            case CharSequence text -> text.length();
            case Collection<?> list -> list.stream().mapToLong(Sandbox::size).sum() + list.size();
            case Object[] list -> Arrays.stream(list).mapToLong(Sandbox::size).sum() + list.length;
            case null, default -> 1;
        };
    }

    /** A standard filter between two checks: doubling a text forty times ends after twelve. */
    private static final class Bounded extends Filter {
        private final Filter filter;

        Bounded(Filter filter) {
            super(filter.name);
            this.filter = filter;
        }

        @Override
        public @Nullable Object apply(@Nullable Object value, TemplateContext context, @Nullable Object... params) {
            bounded(value);
            long size = size(value);
            long others = 0;
            for (var param : params) {
                bounded(param);
                others += size(param);
                if (name.equals("round") && param instanceof Number places && Math.abs(places.doubleValue()) > 20)
                    throw new Exceeded("rounds to more than 20 places");
            }
            // The dearest filters compare every place of a text with every other, or replace each by a parameter.
            count(context, 1 + size * (size + others) / 1_000);
            var result = filter.apply(value, context, params);
            bounded(result);
            return result;
        }
    }

    private static final class NoInclude extends Tag {
        NoInclude() {
            super("include");
        }

        @Override
        public Object render(TemplateContext context, LNode... nodes) {
            throw new Exceeded("uses include, and there is nothing to include");
        }
    }

    private static final class BoundedOutput implements RenderTransformer {
        @Override
        public ObjectAppender.Controller newObjectAppender(TemplateContext context, int estimatedNumberOfAppends) {
            count(context, 1);
            return new Output(context);
        }

        @Override
        public Object transformObject(TemplateContext context, Object rendered) {
            return String.valueOf(rendered);
        }
    }

    private static final class Output implements RenderTransformer.ObjectAppender.Controller {
        private final TemplateContext context;
        private final StringBuilder text = new StringBuilder();

        Output(TemplateContext context) {
            this.context = context;
        }

        @Override
        public void append(Object part) {
            count(context, 1);
            text.append(part);
            bounded(text);
        }

        @Override
        public Object getResult() {
            return text.toString();
        }
    }
}
