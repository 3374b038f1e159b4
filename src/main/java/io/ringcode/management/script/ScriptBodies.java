package io.ringcode.management.script;

import io.ringcode.action.ScriptRefused;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;

/** What hooks and actions have in common on the wire. */
final class ScriptBodies {
    static final String SECRET_NAME = "[A-Za-z0-9_.-]{1,128}";
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

    /** Lists of actions and runs tell which page they are, whether or not totals are asked for. */
    static int page(Paging paging) {
        return paging.size() == 0 ? 0 : paging.start() / paging.size();
    }

    private ScriptBodies() {}
}
