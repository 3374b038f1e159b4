package io.ringcode.console.view;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the page of the conformance report shows. */
public interface ConformanceView {
    /** @param report as the API tells it; missing where the administrator may not read it */
    record ConformanceReport(PageFrame shell, JsonNode report) implements View {
        /** @param outcome in the API's words */
        public List<JsonNode> lines(String outcome) {
            return report.path("lines")
                    .valueStream()
                    .filter(line -> line.path("outcome").asString("").equals(outcome))
                    .toList();
        }

        /** What a line stands on, such as {@code NIST SP 800-63B-4, 3.1.3.2 (shall)}. */
        public static String source(JsonNode line) {
            return line.path("standard").asString("") + ", "
                    + line.path("section").asString("") + " ("
                    + line.path("level").asString("") + ")";
        }

        public static String proofs(JsonNode line) {
            return String.join(
                    ", ",
                    line.path("proofs")
                            .valueStream()
                            .map(proof -> proof.asString(""))
                            .toList());
        }
    }
}
