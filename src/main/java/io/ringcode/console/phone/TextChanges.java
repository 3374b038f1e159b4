package io.ringcode.console.phone;

import io.ringcode.client.Caller;
import io.ringcode.console.view.TextView;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.json.Paging;
import io.ringcode.management.phone.LanguageTextsController;
import io.ringcode.management.phone.LanguageTextsController.Versions;
import io.ringcode.management.user.UsersController;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The history of texts, with the names of those who changed them. */
@Component
class TextChanges {
    private final ManagementCalls calls;
    private final LanguageTextsController texts;
    private final UsersController users;

    TextChanges(ManagementCalls calls, LanguageTextsController texts, UsersController users) {
        this.calls = calls;
        this.texts = calls.guarded(texts);
        this.users = calls.guarded(users);
    }

    /** The newest first. */
    List<TextView.Change> of(Caller caller, TextView.Kind kind, String language) {
        return named(caller, () -> texts.history(kind.purpose(), kind.channel(), language, caller));
    }

    /** Of the text for all languages. */
    List<TextView.Change> forAll(Caller caller, String purpose) {
        return named(caller, () -> texts.historyForAll(purpose, caller));
    }

    private List<TextView.Change> named(Caller caller, Supplier<Versions> history) {
        var names = new HashMap<String, String>();
        return calls.read(history::get)
                .path("history")
                .valueStream()
                .map(change -> new TextView.Change(
                        change.path("id").asString(""),
                        change.path("changed_at").asString(""),
                        who(caller, change, names),
                        change.path("before").asString("")))
                .toList();
    }

    private String who(Caller caller, JsonNode change, Map<String, String> names) {
        var user = change.path("user_id").asString("");
        if (user.isEmpty()) return change.path("client_id").asString("") + ", by API";
        return names.computeIfAbsent(
                user,
                id -> calls.read(() -> users.read(id, caller, Paging.first(1)))
                        .path("email")
                        .asString(id));
    }
}
