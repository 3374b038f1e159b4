package io.ringcode.console.activity;

import io.ringcode.client.Caller;
import io.ringcode.console.view.FigureLinks;
import io.ringcode.console.view.Filters;
import io.ringcode.console.view.UserQuery;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.json.Paging;
import io.ringcode.management.phone.LedgerController;
import io.ringcode.management.user.UsersController;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * The message history by what people know of a message. What the API has no filter for, the country and the application, is
 * looked for among the newest messages, step by step.
 */
@Component
class MessageSearch {
    private static final int STEP = 100;
    private static final int MOST_STEPS = 20;

    /** Of whom a name, or the end of a number, may be. */
    private static final int MOST_PEOPLE = 5;

    private final ManagementCalls calls;
    private final LedgerController messages;
    private final UsersController users;

    MessageSearch(ManagementCalls calls, LedgerController messages, UsersController users) {
        this.calls = calls;
        this.messages = calls.guarded(messages);
        this.users = calls.guarded(users);
    }

    /**
     * @param next where the list goes on; empty at its end
     * @param problem in the API's words; null for none
     */
    record Found(
            List<JsonNode> messages, String next, @Nullable String problem) {}

    Found search(Caller caller, Filters filters, int most) {
        var people = people(caller, filters.given("user"));
        if (people.isEmpty()) return new Found(List.of(), "", null);
        var sieved = filters.given("country") != null || filters.given("client") != null;
        var found = new ArrayList<JsonNode>();
        var from = filters.given("from");
        for (int step = 0; step < MOST_STEPS; step++) {
            var size = sieved ? STEP : Math.min(STEP, most - found.size());
            var page = new ArrayList<JsonNode>();
            var goesOn = false;
            for (var user : people) {
                var answer = page(caller, filters, user, from, size);
                if (!answer.isGood()) return new Found(List.of(), "", answer.problem());
                answer.body().path("messages").forEach(page::add);
                goesOn |= !answer.body().path("next").asString("").isEmpty();
            }
            page.sort(Comparator.comparing(MessageSearch::id).reversed());
            goesOn |= page.size() > size;
            for (var message : page.subList(0, Math.min(size, page.size()))) {
                from = id(message);
                if (fits(message, filters)) found.add(message);
                if (found.size() == most) return new Found(found, from, null);
            }
            if (!goesOn || page.isEmpty()) return new Found(found, "", null);
        }
        return new Found(found, from == null ? "" : from, null);
    }

    private Answer page(Caller caller, Filters filters, String user, @Nullable String from, int size) {
        return calls.answer(() -> messages.list(
                caller,
                Paging.after(from, size),
                filters.given("state"),
                filters.given("provider"),
                filters.given("channel"),
                user.isEmpty() ? null : user,
                filters.since(),
                filters.until(),
                filters.given("counted_as")));
    }

    /** Ids; one that is empty for everybody; none where nobody is meant. */
    private List<String> people(Caller caller, @Nullable String typed) {
        if (typed == null) return List.of("");
        if (typed.contains("|")) return List.of(typed);
        return calls.read(() -> users.list(caller, Paging.first(MOST_PEOPLE), UserQuery.of(typed), null, null))
                .valueStream()
                .map(user -> user.path("user_id").asString(""))
                .toList();
    }

    private static boolean fits(JsonNode message, Filters filters) {
        var country = filters.given("country");
        var client = filters.given("client");
        return (country == null
                        || FigureLinks.isCountry(
                                country, message.path("country").asString("")))
                && (client == null || message.path("client_id").asString("").equals(client));
    }

    private static String id(JsonNode message) {
        return message.path("id").asString("");
    }
}
