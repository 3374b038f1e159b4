package io.ringcode.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.management.Admin;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A tenant that takes the numbers of some countries only. */
class CountriesTest {
    private static final String REFUSED = "400 invalid_request: Phone numbers from this country are not accepted.";
    private static final AtomicInteger NUMBERS = new AtomicInteger(10_000_000);

    private final Ringcode server = Ringcode.shared();
    private final TestTenant tenant = server.tenant();
    private final Admin admin = Admin.of(tenant);

    private void countries(String mode, String list) {
        var answer =
                admin.patch("/tenants/settings", "{'country_codes':{'list':[%s],'mode':'%s'}}".formatted(list, mode));
        assertThat(answer.status()).isEqualTo(200);
    }

    private static String german() {
        return "+49151" + NUMBERS.incrementAndGet();
    }

    private String associate(String number) {
        return tenant.associate(tenant.mfaToken(tenant.person()), "sms", number).error();
    }

    private int rows(String table) {
        return server.bean(JdbcClient.class)
                .sql("SELECT count(*) FROM " + table + " WHERE tenant_id = :tenant")
                .param("tenant", tenant.id().value())
                .query(Integer.class)
                .single();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            allow; 'DE','AT'; +4915112345678; true
            allow; 'DE','AT'; +14155550123; false
            allow; 'US'; +14155550123; true
            allow; 'US'; +14165550123; false
            allow; 'US'; +14151000001; true
            allow; 'US'; +870773111632; false
            deny; 'US'; +14155550123; false
            deny; 'US'; +14151000001; false
            deny; 'US'; +14165550123; true
            deny; 'GB'; +4915112345678; true
            deny; 'GB'; +870773111632; true
            deny; ; +14155550123; true
            """)
    void numbers_are_told_apart_by_their_country(String mode, String list, String number, boolean taken) {
        countries(mode, list == null ? "" : list);
        var created = admin.post(
                "/users/" + tenant.person().id().value() + "/authentication-methods",
                Map.of("type", "phone", "phone_number", number));
        assertThat(created.status()).isEqualTo(taken ? 201 : 400);
        if (!taken) assertThat(created.text("message")).contains("on property phone_number");
    }

    @Test
    void one_of_another_country_is_not_enrolled_and_nothing_is_counted_or_sent() {
        countries("allow", "'DE'");
        assertThat(associate(TestTenant.newNumber())).isEqualTo(REFUSED);
        assertThat(rows("message")).isZero();
        assertThat(rows("rate_limit")).isZero();
        assertThat(rows("enrollment")).isZero();
        assertThat(tenant.enrolled(german())).isNotNull();
    }

    @Test
    void one_that_was_enrolled_before_is_sent_nothing_any_more() {
        var person = tenant.enrolled(TestTenant.newNumber());
        countries("deny", "'US'");
        var sent = rows("message");
        var counted = rows("rate_limit");
        assertThat(tenant.challenge(tenant.mfaToken(person)).error()).isEqualTo(REFUSED);
        assertThat(rows("message")).isEqualTo(sent);
        assertThat(rows("rate_limit")).isEqualTo(counted);
        admin.patch("/tenants/settings", "{'country_codes':null}");
        assertThat(tenant.challenge(tenant.mfaToken(person)).status()).isEqualTo(200);
    }

    @Test
    void an_administrator_replaces_phones_by_permitted_ones_only() {
        var person = tenant.enrolled(german());
        countries("allow", "'DE'");
        var methods = "/users/" + person.id().value() + "/authentication-methods";
        var wish = List.of(Map.of("type", "phone", "phone_number", TestTenant.newNumber()));
        assertThat(admin.put(methods, wish).status()).isEqualTo(400);
        assertThat(admin.get(methods).body().toString()).contains("XXXX");
        wish = List.of(Map.of("type", "phone", "phone_number", german()));
        assertThat(admin.put(methods, wish).status()).isEqualTo(200);
    }

    @Test
    void to_allow_no_country_at_all_is_refused() {
        var answer = admin.patch("/tenants/settings", "{'country_codes':{'list':[],'mode':'allow'}}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message")).contains("on property country_codes.list");
        assertThat(admin.patch("/tenants/settings", "{'country_codes':{'list':[]}}")
                        .text("message"))
                .contains("on property country_codes.mode");
    }
}
