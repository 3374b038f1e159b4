package io.ringcode.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import org.junit.jupiter.api.Test;

/** How answers go out: JSON, pages and refusals as one piece of a known length. */
class AnswersTest {
    private final TestTenant tenant = Ringcode.shared().tenant();

    @Test
    void an_answer_is_not_cut_into_chunks() {
        hasLength(tenant.signIn(tenant.person()));
        hasLength(tenant.form("/oauth/token"));
        hasLength(tenant.get("/.well-known/openid-configuration", null));
        hasLength(tenant.get("/nowhere", null));
    }

    private static void hasLength(Answer answer) {
        var headers = answer.whole().headers();
        assertThat(headers.firstValueAsLong("Content-Length"))
                .hasValue(answer.whole().body().length());
        assertThat(headers.firstValue("Transfer-Encoding")).isEmpty();
    }
}
