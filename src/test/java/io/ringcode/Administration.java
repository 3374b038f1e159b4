package io.ringcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.client.Connections;
import io.ringcode.delivery.EveryAccount;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.delivery.carrier.SetupCheck;
import io.ringcode.management.Admin;
import io.ringcode.server.Eventually;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An administrator who sets everything up in which there is a secret. */
final class Administration {
    private final TestTenant tenant;
    private final Admin admin;
    private final Secrets secrets;

    Administration(TestTenant tenant, String token, Secrets secrets) {
        this.tenant = tenant;
        this.admin = new Admin(tenant, token);
        this.secrets = secrets;
    }

    void everything() {
        setsUsersUp();
        setsEveryCarrierUp();
    }

    private void setsUsersUp() {
        var signing = SigningClient.of(tenant);
        var client = admin.post(
                "/clients",
                Map.of(
                        "name",
                        "Signs",
                        "client_authentication_methods",
                        Map.of("private_key_jwt", Map.of("credentials", List.of(signing.credential())))));
        var id = client.text("client_id");
        var assertion = signing.sign(signing.claims(id).build());
        signing.token(secret("an assertion", assertion));
        secret(
                "a client's secret",
                admin.post("/clients/" + id + "/rotate-secret", "{}").text("client_secret"));
        var number = number("profile");
        var user = admin.post(
                        "/users",
                        Map.of(
                                "connection",
                                Connections.DEFAULT,
                                "email",
                                "kept@example.com",
                                "password",
                                secret("a password set by an administrator", "set-by-the-administrator"),
                                "phone_number",
                                number))
                .text("user_id");
        var methods = "/users/" + user + "/authentication-methods";
        var bound = number("administrator");
        admin.post(methods, Map.of("type", "phone", "phone_number", bound));
        var seed = secret("a seed set by an administrator", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
        admin.post(methods, Map.of("type", "totp", "totp_secret", seed));
        var ticket = admin.post("/guardian/enrollments/ticket", Map.of("user_id", user));
        secret("a ticket", ticket.text("ticket_id"));
        var recovery = admin.post("/users/" + user + "/recovery-code-regeneration", "{}");
        secret("a recovery code made by an administrator", recovery.text("recovery_code"));
        admin.put("/prompts/mfa-sms/custom-text/en", "{'mfa-sms-challenge':{'title':'Your code'}}");
        importsAndExports();
    }

    /** An account with every carrier there is, and in it every secret that its form knows. */
    private void setsEveryCarrierUp() {
        var carriers = tenant.server().bean(Carriers.class);
        for (var name : tenant.server().bean(SetupCheck.class).names()) {
            var form = carriers.form(name).orElse(null);
            if (form == null || name.equals("twilio")) continue;
            var configuration = new HashMap<String, Object>(Map.of("delivery_methods", List.of("text")));
            var credentials = new HashMap<String, String>();
            EveryAccount.with(name).forEach((field, value) -> {
                if (!form.field(field).orElseThrow().secret()) configuration.put(field, value);
                else credentials.put(field, secret(name + "'s " + field, value));
            });
            assertThat(form.fields())
                    .as(name)
                    .allMatch(field -> !field.secret() || credentials.containsKey(field.name()));
            var made = admin.post(
                    "/branding/phone/providers",
                    Map.of("name", name, "configuration", configuration, "credentials", credentials));
            assertThat(made.status()).as(name).isEqualTo(201);
        }
        // In JSON its lines would be one.
        var key = Objects.requireNonNull(EveryAccount.with("vonage").get("private_key"));
        secret("a line of a private key", key.lines().skip(2).findFirst().orElseThrow());
    }

    /** One user goes in, one does not, and both stand in what an export wrote down. */
    private void importsAndExports() {
        var connection = admin.get("/connections").body().get(0).path("id").asString();
        var number = number("imported");
        var refused = number("refused");
        var users = "[{'email':'in@example.com','phone_number':'" + number + "','mfa_factors':[{'phone':{'value':'"
                + number + "'}}]},{'email':'no address','phone_number':'" + refused
                + "','mfa_factors':[{'totp':{'secret':'" + secret("a refused seed", "KRUGS4ZANFZSA3TPOQQGK3TP")
                + "'}}]}]";
        var form = "--x\r\nContent-Disposition: form-data; name=\"connection_id\"\r\n\r\n" + connection
                + "\r\n--x\r\nContent-Disposition: form-data; name=\"users\"; filename=\"u\"\r\n\r\n"
                + users.replace('\'', '"') + "\r\n--x--\r\n";
        var job = tenant.send(tenant.request("/api/v2/jobs/users-imports", admin.token())
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(form)));
        ended(job.text("id"));
        var exported = admin.post("/jobs/users-exports", "{}").text("id");
        secret("an export's link", ended(exported).text("location"));
    }

    private Answer ended(String job) {
        var seen = new Answer[1];
        try {
            Eventually.holds("the job's end", () -> {
                seen[0] = admin.get("/jobs/" + job);
                return seen[0].text("status").equals("completed");
            });
        } catch (Exception never) {
            throw new IllegalStateException(never);
        }
        return seen[0];
    }

    private String number(String whose) {
        return secrets.number(whose);
    }

    private String secret(String what, String value) {
        return secrets.add(what, value);
    }
}
