package io.ringcode.console.activity;

import io.ringcode.client.Caller;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.json.Paging;
import io.ringcode.management.tenant.AdministratorsController;
import io.ringcode.management.user.UsersController;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The email addresses of the administrators that lines of the log name by their user IDs. */
@Component
class AdministratorNames {
    /** Of those who are none any more; each is a call of the API. */
    private static final int MOST_FORMER = 5;

    private final ManagementCalls calls;
    private final AdministratorsController administrators;
    private final UsersController users;

    AdministratorNames(ManagementCalls calls, AdministratorsController administrators, UsersController users) {
        this.calls = calls;
        this.administrators = calls.guarded(administrators);
        this.users = calls.guarded(users);
    }

    /** Without those whom the caller may not read. */
    Map<String, String> of(Caller caller, List<JsonNode> lines) {
        var ids = lines.stream()
                .map(line -> line.path("details").path("administrator").asString(""))
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        if (ids.isEmpty()) return Map.of();
        var names = new HashMap<String, String>();
        for (var one : calls.read(() -> administrators.list(caller))) put(names, one);
        ids.stream()
                .filter(id -> !names.containsKey(id))
                .limit(MOST_FORMER)
                .forEach(id -> put(names, calls.read(() -> users.read(id, caller, Paging.first(1)))));
        return names;
    }

    private static void put(Map<String, String> names, JsonNode user) {
        var email = user.path("email").asString("");
        if (!email.isEmpty()) names.put(user.path("user_id").asString(""), email);
    }
}
