package io.ringcode.management.script;

import io.ringcode.action.Execution;
import io.ringcode.action.ScriptRefused;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.ResponseObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What hooks and actions have in common on the wire. */
final class ScriptBodies {
    static final Pattern SECRET_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
    static final int LONGEST_SECRET = 4096;

    /** A refusal of the store, for a caller who sent {@code code} by that name. */
    static ManagementRefused refused(ScriptRefused no, String code) {
        return switch (no.reason()) {
            case SYNTAX -> ManagementRefused.body(code, no.sentence());
            case DEPENDENCIES -> ManagementRefused.body("dependencies", no.sentence());
            case NAME, BOUND -> ManagementRefused.conflict(null, no.sentence());
            case NOT_BUILT -> ManagementRefused.operation(null, no.sentence());
            case MACHINE -> ManagementRefused.forbidden("operation_not_supported", no.sentence());
        };
    }

    interface Work<T> {
        T run() throws ScriptRefused;
    }

    static <T> T refusing(String code, Work<T> work) {
        try {
            return work.run();
        } catch (ScriptRefused no) {
            throw refused(no, code);
        }
    }

    static Map<String, Object> shown(Execution execution) {
        return new ResponseObject()
                .put("id", execution.id().toString())
                .put("version", execution.version())
                .put("trigger_id", execution.trigger().id())
                .put("result", execution.result().wire())
                .put("error", execution.error())
                .put("log", execution.log())
                .put("duration_ms", execution.took().toMillis())
                .put("date", execution.at())
                .members();
    }

    /** A list as the actions' endpoints answer it, with or without {@code include_totals}. */
    static Map<String, Object> page(Paging paging, String name, Object items, long total) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put(name, items);
        answer.put("total", total);
        answer.put("page", paging.size() == 0 ? 0 : paging.start() / paging.size());
        answer.put("per_page", paging.size());
        return answer;
    }

    private ScriptBodies() {}
}
