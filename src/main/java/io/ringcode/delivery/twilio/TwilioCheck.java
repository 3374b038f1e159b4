package io.ringcode.delivery.twilio;

import io.ringcode.delivery.AccountCheck;
import io.ringcode.delivery.AccountValues;
import io.ringcode.delivery.http.CarrierHttp;
import io.ringcode.server.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Reads the account itself, which test credentials may not (error 20008). */
@Component
class TwilioCheck implements AccountCheck {
    private static final int TEST_CREDENTIALS = 20008;

    private final CarrierHttp http;
    private final ObjectMapper json;
    private final String base;

    TwilioCheck(CarrierHttp http, Settings settings, ObjectMapper json) {
        this.http = http;
        this.json = json;
        this.base = http.base(
                name(),
                settings.devPhone()
                        ? "http://127.0.0.1:" + settings.port() + "/dev/carriers/twilio"
                        : "https://api.twilio.com");
    }

    @Override
    public String name() {
        return TwilioAccount.FORM.carrier();
    }

    @Override
    public Verdict check(AccountValues values) throws IOException {
        var sid = values.get("sid");
        var uri = URI.create(base + "/2010-04-01/Accounts/" + CarrierHttp.encode(sid) + ".json");
        var answer = http.send(HttpRequest.newBuilder(uri)
                .header("Authorization", CarrierHttp.basic(sid, values.get("auth_token")))
                .header("Accept", "application/json")
                .GET()
                .build());
        if (answer.isSuccess()) return new Verdict.Good();
        if (answer.json(json).path("code").asInt(0) == TEST_CREDENTIALS)
            return new Verdict.Bad(
                    "these are test credentials, which send nothing (Twilio's error 20008): use the live ones");
        if (answer.status() == 401) return new Verdict.Bad("Twilio does not know this account with this token");
        return new Verdict.Unclear("Twilio answered with HTTP " + answer.status());
    }
}
