package io.ringcode.management.search;

import io.ringcode.client.Caller;
import io.ringcode.log.LogRecord;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Page;
import io.ringcode.management.json.Paging;
import io.ringcode.user.UserId;
import io.ringcode.user.Users;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The log: searched by page, or read on by checkpoint. */
@RestController
@RequestMapping("/api/v2")
public class LogsController {
    /** A search shows no more than its first thousand; a checkpoint goes through everything. */
    private static final int MOST_SHOWN = 1000;

    private final LogRecords records;
    private final Users users;

    LogsController(LogRecords records, Users users) {
        this.records = records;
        this.users = users;
    }

    @GetMapping("/logs")
    @RequiresScope({"read:logs", "read:logs_users"})
    public ResponseEntity<Page<LogRecord>> list(
            Caller caller,
            Paging paging,
            @RequestParam @Nullable String q,
            @RequestParam @Nullable String search,
            @RequestParam @Nullable String sort) {
        if (paging.checkpoint()) return readOn(caller, paging);
        return ResponseEntity.ok(search(caller, paging, q == null ? search : q, sort));
    }

    /** By page. */
    @RequiresScope({"read:logs", "read:logs_users"})
    public Page<LogRecord> search(Caller caller, Paging paging, @Nullable String q, @Nullable String sort) {
        return page(caller, paging, q == null || q.isBlank() ? null : SearchQuery.parse(q), sort);
    }

    @GetMapping("/logs/{id}")
    @RequiresScope({"read:logs", "read:logs_users"})
    public LogRecord read(@PathVariable String id, Caller caller) {
        return records.find(caller.tenant(), id)
                .orElseThrow(() -> ManagementRefused.missing("inexistent_log", "The log does not exist."));
    }

    /** Those of a user who is gone are still there. */
    @GetMapping("/users/{id}/logs")
    @RequiresScope({"read:logs", "read:logs_users"})
    Page<LogRecord> ofUser(@PathVariable String id, Caller caller, Paging paging, @RequestParam @Nullable String sort) {
        var query = new SearchQuery.Term("user_id", id, false);
        if (users.find(caller.tenant(), new UserId(id)).isEmpty() && records.count(caller.tenant(), query, 1) == 0)
            throw ManagementRefused.missing("inexistent_user", "The user does not exist.");
        return page(caller, paging, query, sort);
    }

    private Page<LogRecord> page(Caller caller, Paging paging, @Nullable SearchQuery query, @Nullable String sort) {
        if (paging.start() + paging.size() > MOST_SHOWN && paging.start() > 0)
            throw ManagementRefused.query(
                    "page", "You can only page through the first " + MOST_SHOWN + " records; use from and take");
        var tenant = caller.tenant();
        var found = records.search(tenant, query, newestFirst(sort), paging.start(), paging.size());
        return paging.page("logs", found, paging.totals() ? records.count(tenant, query, MOST_SHOWN) : 0);
    }

    private ResponseEntity<Page<LogRecord>> readOn(Caller caller, Paging paging) {
        var found = records.after(caller.tenant(), paging.from(), paging.size());
        var answer = ResponseEntity.ok();
        if (!found.isEmpty()) answer.header(HttpHeaders.LINK, next(found, paging.size()));
        return answer.body(paging.page("logs", found, found.size()));
    }

    private static String next(List<LogRecord> found, int take) {
        var here = ServletUriComponentsBuilder.fromCurrentRequestUri().toUriString();
        var last = URLEncoder.encode(found.getLast().logId(), StandardCharsets.UTF_8);
        return "<" + here + "?from=" + last + "&take=" + take + ">; rel=\"next\"";
    }

    private static boolean newestFirst(@Nullable String sort) {
        if (sort == null || sort.isBlank()) return true;
        return switch (sort) {
            case "date:-1", "log_id:-1" -> true;
            case "date:1", "log_id:1", "date", "log_id" -> false;
            default -> throw ManagementRefused.query("sort", "Logs are sorted by date:-1 or date:1");
        };
    }
}
