package io.ringcode.job;

import io.ringcode.job.JobTable.Outcome;
import io.ringcode.user.Directory;
import io.ringcode.user.Profile;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Exports users in the order of their ids, a part at a time. */
@Component
class UsersExport {
    private static final int ROWS = 500;

    static final List<String> FIELDS = List.of(
            "user_id",
            "email",
            "email_verified",
            "phone_number",
            "phone_verified",
            "username",
            "name",
            "given_name",
            "family_name",
            "nickname",
            "picture",
            "connection",
            "blocked",
            "created_at",
            "updated_at",
            "last_login",
            "last_ip",
            "logins_count",
            "user_metadata",
            "app_metadata");

    private final JobTable table;
    private final Directory users;
    private final ObjectMapper json;
    private final Clock clock;
    private final TransactionTemplate transactions;

    UsersExport(
            JobTable table, Directory users, ObjectMapper json, Clock clock, PlatformTransactionManager transactions) {
        this.table = table;
        this.users = users;
        this.json = json;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
    }

    JobWorker.Steps begin(Job job) {
        return () -> next(job);
    }

    private boolean next(Job job) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            var current = table.find(job.tenant(), job.id()).orElseThrow();
            var limit = Objects.requireNonNullElse(job.options().limit(), Integer.MAX_VALUE);
            var size = Math.min(ROWS, limit - current.done());
            var after = table.reached(job).orElse("");
            var found = size <= 0 ? List.<Profile>of() : users.walk(job.tenant(), job.connection(), after, size);
            var number = table.parts(job);
            if (number == 0 || !found.isEmpty())
                table.addPart(job.tenant(), job.id(), number, text(job, found, number == 0));
            var reached = found.isEmpty() ? null : found.getLast().id().value();
            table.progress(
                    job,
                    new Outcome(found.size(), 0, 0),
                    reached,
                    clock.instant().plus(JobWorker.LEASE));
            return found.size() == ROWS;
        }));
    }

    private String text(Job job, List<Profile> found, boolean first) {
        var fields = job.options().fields().isEmpty()
                ? FIELDS.stream().map(name -> new Job.Field(name, name)).toList()
                : job.options().fields();
        var csv = "csv".equals(job.options().format());
        var text = new StringBuilder();
        if (csv && first)
            text.append(String.join(
                            ",",
                            fields.stream().map(field -> quoted(field.as())).toList()))
                    .append("\r\n");
        for (var profile : found) {
            var members = members(profile);
            if (csv) text.append(line(fields, members)).append("\r\n");
            else text.append(object(fields, members)).append('\n');
        }
        return text.toString();
    }

    private String object(List<Job.Field> fields, Map<String, JsonNode> members) {
        var shown = new LinkedHashMap<String, JsonNode>();
        for (var field : fields) value(members, field.name()).ifPresent(value -> shown.put(field.as(), value));
        return json.writeValueAsString(shown);
    }

    /** RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe. */
    private static String line(List<Job.Field> fields, Map<String, JsonNode> members) {
        return String.join(
                ",",
                fields.stream()
                        .map(field -> value(members, field.name())
                                .map(value -> quoted(value.isString() ? value.stringValue() : value.toString()))
                                .orElse(""))
                        .toList());
    }

    private static String quoted(String cell) {
        var safe = !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 && !cell.matches("\\+[0-9]{1,15}")
                ? "'" + cell
                : cell;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }

    /** @param name may lead into metadata: {@code user_metadata.colour} */
    private static Optional<JsonNode> value(Map<String, JsonNode> members, String name) {
        var path = name.split("\\.", -1);
        @Nullable JsonNode value = members.get(path[0]);
        for (int i = 1; i < path.length && value != null; i++) value = value.get(path[i]);
        return Optional.ofNullable(value);
    }

    private Map<String, JsonNode> members(Profile profile) {
        var user = profile.user();
        var phone = profile.phone();
        var members = new LinkedHashMap<String, Object>();
        members.put("user_id", user.id().value());
        put(members, "email", user.email());
        if (user.email() != null) members.put("email_verified", user.emailVerified());
        if (phone != null) members.put("phone_number", phone.e164());
        if (phone != null) members.put("phone_verified", profile.phoneVerified());
        put(members, "username", user.username());
        put(members, "name", user.name());
        members.putAll(user.details());
        members.put("connection", user.connection());
        if (user.blocked()) members.put("blocked", true);
        members.put("created_at", profile.createdAt().toString());
        members.put("updated_at", profile.updatedAt().toString());
        put(
                members,
                "last_login",
                profile.lastLogin() == null ? null : profile.lastLogin().toString());
        put(members, "last_ip", profile.lastIp());
        members.put("logins_count", profile.logins());
        members.put("user_metadata", profile.userMetadata());
        members.put("app_metadata", profile.appMetadata());
        var nodes = new LinkedHashMap<String, JsonNode>();
        members.forEach((name, value) -> nodes.put(name, json.valueToTree(value)));
        return nodes;
    }

    private static void put(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) members.put(name, value);
    }
}
