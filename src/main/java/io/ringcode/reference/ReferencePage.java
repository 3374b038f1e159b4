package io.ringcode.reference;

import io.ringcode.login.DesignTokens;
import io.ringcode.reference.Operations.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A page of the reference: the index of all operations, the operations of one group, or a page of the manual.
 *
 * @param group whose page it is; null for the index and the manual
 * @param manual the title of the manual's page that it is; null for none
 * @param text of the manual's page, as HTML
 * @param tryIt whether operations can be tried from the page, as in development
 */
public record ReferencePage(
        String style,
        String script,
        List<Group> groups,
        @Nullable Group group,
        @Nullable String manual,
        String text,
        boolean tryIt) {
    private static final String MANAGEMENT = "Management: ";

    /** The stylesheet that all pages share. */
    public String tokens() {
        return DesignTokens.ADDRESS;
    }

    /** What a reader looks for under one heading. */
    public record Group(String title, List<Entry> entries) {
        public boolean isManagement() {
            return title.startsWith(MANAGEMENT);
        }

        /** Its title, without what all groups of the Management API have alike. */
        public String shortTitle() {
            return isManagement() ? title.substring(MANAGEMENT.length()) : title;
        }

        public String address() {
            return "/docs/" + title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        }
    }

    /**
     * One operation.
     *
     * @param variables of its path
     * @param node empty where Auth0's SDK has no such call
     * @param body of the request; empty for none, as is the answer
     * @param errors statuses and what they mean
     */
    public record Entry(
            String id,
            String method,
            String path,
            String summary,
            List<String> scopes,
            List<String> variables,
            List<Table> tables,
            String curl,
            String node,
            String java,
            String body,
            int status,
            String answer,
            List<Row> errors) {}

    /** Members of a query, a body or an answer. */
    public record Table(String title, List<Row> rows) {}

    public record Row(String name, String type) {}

    /** What most readers come for stands first, and what browsers and carriers call last. */
    private static final List<String> ORDER = List.of("OAuth", "MFA API", "My Account API", MANAGEMENT);

    static List<Group> groups(List<Operation> operations) {
        var groups = new TreeMap<String, List<Entry>>(
                Comparator.comparingInt(ReferencePage::place).thenComparing(Comparator.naturalOrder()));
        for (var operation : operations)
            groups.computeIfAbsent(operation.tag(), _ -> new ArrayList<>()).add(ReferenceEntries.of(operation));
        return groups.entrySet().stream()
                .map(group -> new Group(group.getKey(), group.getValue()))
                .toList();
    }

    private static int place(String title) {
        for (int i = 0; i < ORDER.size(); i++) if (title.startsWith(ORDER.get(i))) return i;
        return ORDER.size();
    }

    /** Before which group of the contents a heading stands. */
    public Group firstOfManagement() {
        return first(ORDER.size() - 1);
    }

    /** As above. */
    public Group firstOfOthers() {
        return first(ORDER.size());
    }

    private Group first(int place) {
        return groups.stream()
                .filter(one -> place(one.title()) == place)
                .findFirst()
                .orElseThrow();
    }

    public String title() {
        if (manual != null) return manual;
        return group == null ? "API reference" : group.title();
    }
}
