package io.ringcode.console.view;

import tools.jackson.databind.JsonNode;

/**
 * Where the lists are that figures count: those of the same days, and of what else the figures are of.
 *
 * @param since the first day (UTC); empty where the messages of these days are not kept, so that there is no list
 * @param until the last one
 * @param rest further filters, such as {@code &channel=sms}
 */
public record FigureLinks(String since, String until, String rest) {
    /** For how many days messages are kept. */
    public static final int DAYS_OF_MESSAGES = 30;

    private static final String UNKNOWN_COUNTRY = "ZZ";

    public static final FigureLinks NONE = new FigureLinks("", "", "");

    public static FigureLinks of(String since, String until) {
        return new FigureLinks(since, until, "");
    }

    /** @param days as figures answer them; of more than are kept there is no list */
    public static FigureLinks of(JsonNode days) {
        if (days.isEmpty() || days.size() > DAYS_OF_MESSAGES) return NONE;
        var last = days.path(days.size() - 1);
        return of(days.path(0).path("date").asString(""), last.path("date").asString(""));
    }

    public FigureLinks ofCarrier(String provider, String channel) {
        return with("provider", provider).with("channel", channel);
    }

    /** @param country empty where it is not known */
    public FigureLinks ofCountry(String country) {
        return with("country", country.isEmpty() ? UNKNOWN_COUNTRY : country);
    }

    public FigureLinks ofDay(String day) {
        return since.isEmpty() ? NONE : new FigureLinks(day, day, rest);
    }

    public FigureLinks ofHour(int hour) {
        return with("hour", Integer.toString(hour));
    }

    private FigureLinks with(String name, String value) {
        return new FigureLinks(since, until, rest + "&" + name + "=" + Links.part(value));
    }

    /** Whether a message of that country, which may be unknown, is on the list. */
    public static boolean isCountry(String wanted, String country) {
        return wanted.equalsIgnoreCase(country.isEmpty() ? UNKNOWN_COUNTRY : country);
    }

    /** @param as what the figure counts messages as; empty for all */
    public String messages(String as) {
        if (since.isEmpty()) return "";
        var counted = as.isEmpty() ? "" : "&counted_as=" + as;
        return "/console/messages?since=" + since + "&until=" + until + rest + counted;
    }

    /** @param query that finds the lines in the log */
    public String log(String query) {
        return since.isEmpty() ? "" : "/console/log?since=" + since + "&until=" + until + "&q=" + Links.part(query);
    }
}
