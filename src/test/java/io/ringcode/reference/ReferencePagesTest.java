package io.ringcode.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.json.BodySchema;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonBody;
import io.ringcode.reference.Operations.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The reference for people: an index of all operations, and a page for each group with examples. */
class ReferencePagesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LARGEST = 400 * 1024;

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final List<Operation> operations =
            Ringcode.shared().bean(Operations.class).all();

    @Test
    void each_operation_is_in_the_index_and_told_on_the_page_of_its_group() {
        var index = tenant.text("/docs");
        var pages = new HashMap<String, String>();
        for (var group : ReferencePage.groups(operations))
            for (var entry : group.entries()) {
                assertThat(index.body())
                        .contains("id=\"" + entry.id() + "\"", "href=\"" + group.address() + "#" + entry.id() + "\"");
                var page = pages.computeIfAbsent(
                        group.address(), address -> tenant.text(address).body());
                assertThat(page).contains("id=\"" + entry.id() + "\"").hasSizeLessThan(LARGEST);
            }
        assertThat(pages.get("/docs/mfa-api"))
                .as("members of records")
                .contains("<code>mfa_token</code></th><td>string, required<")
                .contains("curl -s -X POST \"$URL/mfa/challenge\"", "HttpRequest.newBuilder(");
        assertThat(pages.get("/docs/management-users"))
                .contains("await client.users.create({", "await client.users.get(process.env.ID)", "<code>403</code>")
                .contains("<code>per_page</code></th><td>integer from 0<", "<code class=\"scope\">create:users</code>");
        assertThat(tenant.text("/docs/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void a_page_asks_for_nothing_else_and_its_script_is_the_one_that_its_policy_names() {
        var page = tenant.text("/docs/management-users");
        assertThat(page.body()).doesNotContain("src=", "url(", "=\"http");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; style-src 'self' 'sha256-")
                .contains("script-src 'sha256-");
    }

    /** A reader who sends an example as it stands is not told that it does not fit. */
    @Test
    void each_example_of_a_body_fits_its_schema() {
        var wrong = new ArrayList<String>();
        var examples = 0;
        for (var operation : operations) {
            var type = Stream.of(operation.handler().getParameterTypes())
                    .filter(JsonBody.class::isAssignableFrom)
                    .findFirst();
            if (type.isEmpty()) continue;
            examples++;
            try {
                BodySchema.of(type.get()).read(JSON.readTree(new Samples(operation).body()));
            } catch (InvalidBody unfit) {
                wrong.add(operation.method() + " " + operation.path() + ": " + unfit.property() + " " + unfit.reason());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(examples).isGreaterThan(60);
    }

    @Test
    void every_answer_of_a_record_has_an_example() {
        assertThat(operations.stream()
                        .filter(operation -> operation.status() != 204)
                        .filter(operation ->
                                AnswerTypes.schema(operation.handler().getGenericReturnType()) != null)
                        .map(operation -> new Samples(operation).answer())
                        .filter(Objects::nonNull))
                .allMatch(answer -> answer.startsWith("{") || answer.startsWith("["));
    }
}
