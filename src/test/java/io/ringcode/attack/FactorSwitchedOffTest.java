package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.SigningClient;
import io.ringcode.TestTenant;
import io.ringcode.attack.SignIns.Enrolled;
import io.ringcode.login.Browser;
import io.ringcode.login.WebApp;
import io.ringcode.management.Admin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A person's only factor is switched off: all doors say the same, and the password alone binds nothing beside it. */
class FactorSwitchedOffTest {
    private static final String TOLD = "is switched off";
    private static final String SHOWN = "is turned off";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final WebApp app = WebApp.of(tenant);
    private final SignIns signIns = new SignIns(tenant);
    private final Admin admin = Admin.of(tenant);
    private final Enrolled enrolled = signIns.enrolled();

    enum Way {
        NO_MESSAGE_TYPE {
            @Override
            void off(Admin admin) {
                assertThat(admin.put("/guardian/factors/phone/message-types", Map.of("message_types", List.of()))
                                .status())
                        .isEqualTo(200);
            }
        },
        FACTOR_OFF {
            @Override
            void off(Admin admin) {
                assertThat(admin.put("/guardian/factors/sms", Map.of("enabled", false))
                                .status())
                        .isEqualTo(200);
            }
        };

        abstract void off(Admin admin);
    }

    @ParameterizedTest
    @EnumSource
    void the_recovery_code_is_what_every_door_asks_for(Way way) {
        way.off(admin);
        var demanded = tenant.signIn(enrolled.person());
        assertThat(demanded.body().path("mfa_requirements").toString())
                .isEqualTo("{\"challenge\":[{\"type\":\"recovery-code\"}]}");
        var login = demanded.text("mfa_token");
        assertThat(tenant.challenge(login, "challenge_type", "oob otp").error())
                .startsWith("403 access_denied: ")
                .contains(TOLD, "recovery code");
        bindsNothing(login);
        assertThat(active(login)).containsExactly("recovery-code");
        assertThat(tenant.signIn(enrolled.person(), "audience", tenant.issuer() + "mfa/")
                        .error())
                .startsWith("403 mfa_required");

        var browser = new Browser(tenant);
        var page = signIns.password(browser, enrolled.person(), app.authorize());
        assertThat(page.screen()).isEqualTo("mfa-recovery-code-challenge");
        assertThat(page.html()).contains(SHOWN);
        assertThat(browser.send(page, "action", "pick-authenticator").screen())
                .isIn("mfa-recovery-code-challenge", "mfa-login-options");
        assertThat(new Browser(tenant).open(ticket()).html()).contains("already");
        assertThat(shownAsEnrolled()).isTrue();

        var recovered = signIns.recover(login, enrolled.recoveryCode());
        assertThat(recovered.status()).isEqualTo(200);
        assertThat(new Browser(tenant).open(vouchedFor()).screen())
                .as("of a user whom the application vouches for")
                .isEqualTo("mfa-recovery-code-challenge");
    }

    @ParameterizedTest
    @EnumSource
    void without_one_every_door_says_why(Way way) {
        admin.put("/guardian/factors/recovery-code", Map.of("enabled", false));
        way.off(admin);
        assertThat(tenant.signIn(enrolled.person()).error())
                .startsWith("403 access_denied: ")
                .contains(TOLD);
        assertThat(tenant.signIn(enrolled.person(), "audience", tenant.issuer() + "mfa/")
                        .error())
                .startsWith("403 access_denied: ")
                .contains(TOLD);
        var login = tenant.mfaToken(enrolled.person());
        assertThat(tenant.challenge(login, "challenge_type", "oob otp").error())
                .startsWith("403 access_denied: ")
                .contains(TOLD);
        bindsNothing(login);
        assertThat(active(login)).isEmpty();
        assertThat(signIns.recover(login, enrolled.recoveryCode()).status()).isEqualTo(403);
        var browser = new Browser(tenant);
        var page = signIns.password(browser, enrolled.person(), app.authorize());
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.html()).contains(SHOWN);
        assertThat(new Browser(tenant).open(vouchedFor()).status()).isEqualTo(403);
        assertThat(new Browser(tenant).open(ticket()).html()).contains("already");
        assertThat(shownAsEnrolled()).isTrue();
    }

    private void bindsNothing(String login) {
        assertThat(signIns.associateApp(login).error()).isEqualTo(SignIns.ENROLLED_ALREADY);
        assertThat(tenant.associate(login, "sms", TestTenant.newNumber()).error())
                .isEqualTo(SignIns.ENROLLED_ALREADY);
    }

    private List<String> active(String login) {
        return tenant.get("/mfa/authenticators", login)
                .body()
                .valueStream()
                .filter(one -> one.path("active").asBoolean())
                .map(one -> one.path("type").asString())
                .toList();
    }

    private boolean shownAsEnrolled() {
        return admin.get("/users/" + enrolled.person().id().value()).body().has("multifactor");
    }

    private String vouchedFor() {
        var signing = SigningClient.of(tenant);
        var client = "/clients/" + tenant.clientId();
        var credential =
                admin.post(client + "/credentials", signing.credential()).text("id");
        var methods = Map.of("private_key_jwt", Map.of("credentials", List.of(Map.of("id", credential))));
        assertThat(admin.patch(client, Map.of("client_authentication_methods", methods))
                        .status())
                .isEqualTo(200);
        var claims = signing.claims(tenant.clientId())
                .subject(enrolled.person().id().value())
                .build();
        return app.authorize("request", signing.sign(claims), "response_type", "id_token");
    }

    private String ticket() {
        var url = admin.post(
                        "/guardian/enrollments/ticket",
                        Map.of("user_id", enrolled.person().id().value()))
                .text("ticket_url");
        return url.substring(url.indexOf("/mfa/"));
    }
}
