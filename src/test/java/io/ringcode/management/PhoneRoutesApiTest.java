package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneRoutesApiTest {
    private static final String ROUTES = "/guardian/factors/phone/routes";

    private final Admin admin = Admin.of(Ringcode.shared().tenant());

    @Test
    void a_new_tenant_has_none() {
        assertThat(admin.get(ROUTES).body().toString())
                .isEqualTo(
                        "{\"routes\":[],\"other_channel\":{\"enabled\":false,\"after_failures\":2},\"next_carrier\":{\"enabled\":true},\"receipt_seconds\":20}");
    }

    @Test
    void what_is_put_is_read_back() {
        var put = admin.put(
                ROUTES,
                "{'routes':[{'channel':'sms','countries':['DE'],'prefixes':['+4915'],'providers':['twilio']}],"
                        + "'other_channel':{'enabled':true,'after_failures':3},'next_carrier':{'enabled':false},'receipt_seconds':30}");
        assertThat(put.status()).isEqualTo(200);
        assertThat(admin.get(ROUTES).body()).isEqualTo(put.body());
        assertThat(put.body().path("routes").path(0).path("providers").path(0).asString())
                .isEqualTo("twilio");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'routes':[{'channel':'sms','providers':[]}]}",
                "{'routes':[{'channel':'sms','providers':['nobody']}]}",
                "{'routes':[{'channel':'sms','providers':['auth0']}]}",
                "{'routes':[{'channel':'sms','providers':['twilio','twilio']}]}",
                "{'routes':[{'channel':'fax','providers':['twilio']}]}",
                "{'routes':[{'channel':'sms','countries':['Germany'],'providers':['twilio']}]}",
                "{'routes':[{'channel':'sms','prefixes':['0049'],'providers':['twilio']}]}",
                "{'routes':[],'receipt_seconds':4}",
                "{'routes':[],'other_channel':{'enabled':true,'after_failures':0}}",
                "{'routes':[],'more':1}",
            })
    void what_cannot_work_is_refused(String body) {
        assertThat(admin.put(ROUTES, body).status()).isEqualTo(400);
    }
}
