package io.ringcode.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.auth0.client.auth.AuthAPI;
import com.auth0.client.mgmt.ManagementApi;
import com.auth0.client.mgmt.branding.phone.types.CreateBrandingPhoneProviderRequestContent;
import com.auth0.client.mgmt.branding.phone.types.CreatePhoneTemplateRequestContent;
import com.auth0.client.mgmt.core.ManagementApiException;
import com.auth0.client.mgmt.guardian.factors.types.SetGuardianFactorPhoneMessageTypesRequestContent;
import com.auth0.client.mgmt.guardian.factors.types.SetGuardianFactorPhoneTemplatesRequestContent;
import com.auth0.client.mgmt.guardian.factors.types.SetGuardianFactorsProviderPhoneRequestContent;
import com.auth0.client.mgmt.guardian.factors.types.SetGuardianFactorsProviderPhoneTwilioRequestContent;
import com.auth0.client.mgmt.guardian.types.CreateGuardianEnrollmentTicketRequestContent;
import com.auth0.client.mgmt.guardian.types.SetGuardianFactorRequestContent;
import com.auth0.client.mgmt.types.CreateHookRequestContent;
import com.auth0.client.mgmt.types.CreateUserRequestContent;
import com.auth0.client.mgmt.types.CreatedUserAuthenticationMethodTypeEnum;
import com.auth0.client.mgmt.types.GuardianFactorNameEnum;
import com.auth0.client.mgmt.types.GuardianFactorPhoneFactorMessageTypeEnum;
import com.auth0.client.mgmt.types.GuardianFactorsProviderSmsProviderEnum;
import com.auth0.client.mgmt.types.HookTriggerIdEnum;
import com.auth0.client.mgmt.types.MfaPolicyEnum;
import com.auth0.client.mgmt.types.PhoneProviderConfiguration;
import com.auth0.client.mgmt.types.PhoneProviderCredentials;
import com.auth0.client.mgmt.types.PhoneProviderNameEnum;
import com.auth0.client.mgmt.types.PhoneTemplateBody;
import com.auth0.client.mgmt.types.PhoneTemplateContent;
import com.auth0.client.mgmt.types.PhoneTemplateNotificationTypeEnum;
import com.auth0.client.mgmt.types.PreferredAuthenticationMethodEnum;
import com.auth0.client.mgmt.types.TwilioProviderConfiguration;
import com.auth0.client.mgmt.types.TwilioProviderCredentials;
import com.auth0.client.mgmt.types.TwilioProviderDeliveryMethodEnum;
import com.auth0.client.mgmt.users.types.CreateUserAuthenticationMethodRequestContent;
import com.auth0.client.mgmt.users.types.UpdateUserAuthenticationMethodRequestContent;
import com.auth0.exception.APIException;
import com.auth0.net.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The package com.auth0:auth0 for Java: the whole way to tokens, and the Management API. */
class JavaSdkTest {
    private static final String NUMBER = "+14155550177";

    private static HttpsServer server;
    private static AuthAPI auth;
    private static ManagementApi management;

    @BeforeAll
    static void start() throws Exception {
        server = HttpsServer.start();
        auth = AuthAPI.newBuilder(server.plainUrl(), HttpsServer.APP_ID, HttpsServer.APP_SECRET)
                .build();
        management = ManagementApi.builder()
                .url(server.plainUrl() + "/api/v2")
                .clientCredentials(HttpsServer.CLIENT_ID, HttpsServer.CLIENT_SECRET)
                .build();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_password_a_phone_and_a_recovery_code_lead_to_tokens() throws Exception {
        var first = signIn();
        var enrolled = body(
                auth.addOobAuthenticator(first, List.of("sms"), NUMBER, null).execute());
        assertThat(enrolled.getAuthenticatorType()).isEqualTo("oob");
        assertThat(enrolled.getRecoveryCodes()).hasSize(1);
        var tokens = body(auth.exchangeMfaOob(first, enrolled.getOobCode().toCharArray(), code())
                .execute());
        assertThat(tokens.getAccessToken()).isNotBlank();
        assertThat(tokens.getIdToken()).isNotBlank();

        var second = signIn();
        var phone = body(auth.listAuthenticators(second).execute()).stream()
                .filter(one -> one.getId().startsWith("sms|"))
                .findFirst()
                .orElseThrow();
        assertThat(phone.isActive()).isTrue();
        var challenge =
                body(auth.mfaChallengeRequest(second, "oob", phone.getId()).execute());
        assertThat(challenge.getBindingMethod()).isEqualTo("prompt");
        var wrong = catchThrowableOfType(
                APIException.class,
                () -> auth.exchangeMfaOob(second, challenge.getOobCode().toCharArray(), "000000".toCharArray())
                        .execute());
        assertThat(wrong.getError()).isEqualTo("invalid_grant");
        assertThat(body(auth.exchangeMfaOob(second, challenge.getOobCode().toCharArray(), code())
                                .execute())
                        .getAccessToken())
                .isNotBlank();

        var third = signIn();
        var recovered = auth.exchangeMfaRecoveryCode(
                        third, enrolled.getRecoveryCodes().getFirst().toCharArray())
                .execute();
        assertThat(body(recovered).getAccessToken()).isNotBlank();
    }

    @Test
    void factors_and_policies_are_set() {
        var factors = management.guardian().factors();
        assertThat(factors.list()).hasSize(8);
        for (var on : List.of(false, true))
            assertThat(factors.set(
                                    GuardianFactorNameEnum.SMS,
                                    SetGuardianFactorRequestContent.builder()
                                            .enabled(on)
                                            .build())
                            .getEnabled())
                    .isEqualTo(on);
        var all = List.of(MfaPolicyEnum.ALL_APPLICATIONS);
        assertThat(management.guardian().policies().set(all)).isEqualTo(all);
        assertThat(management.guardian().policies().list()).isEqualTo(all);
    }

    @Test
    void the_phone_factor_is_set_up() {
        var phone = management.guardian().factors().phone();
        var types =
                List.of(GuardianFactorPhoneFactorMessageTypeEnum.SMS, GuardianFactorPhoneFactorMessageTypeEnum.VOICE);
        phone.setMessageTypes(SetGuardianFactorPhoneMessageTypesRequestContent.builder()
                .messageTypes(types)
                .build());
        assertThat(phone.getMessageTypes().getMessageTypes().orElseThrow()).isEqualTo(types);
        var twilio = GuardianFactorsProviderSmsProviderEnum.TWILIO;
        phone.setProvider(SetGuardianFactorsProviderPhoneRequestContent.builder()
                .provider(twilio)
                .build());
        assertThat(phone.getSelectedProvider().getProvider().orElseThrow()).isEqualTo(twilio);
        phone.setTwilioProvider(SetGuardianFactorsProviderPhoneTwilioRequestContent.builder()
                .from("+12025550123")
                .authToken("a token")
                .sid("AC00000000000000000000000000000000")
                .build());
        assertThat(phone.getTwilioProvider().getFrom().toString()).contains("+12025550123");
        phone.setTemplates(SetGuardianFactorPhoneTemplatesRequestContent.builder()
                .enrollmentMessage("{{code}} enrols")
                .verificationMessage("{{code}} verifies")
                .build());
        assertThat(phone.getTemplates().getEnrollmentMessage()).isEqualTo("{{code}} enrols");
    }

    @Test
    void a_user_gets_a_phone_and_loses_it() {
        var user = management
                .users()
                .create(CreateUserRequestContent.builder()
                        .connection("Username-Password-Authentication")
                        .email("java@example.com")
                        .emailVerified(true)
                        .password("correct horse battery")
                        .build());
        var id = user.getUserId().orElseThrow();
        assertThat(management.users().get(id).getEmail()).contains("java@example.com");
        var methods = management.users().authenticationMethods();
        var method = methods.create(
                id,
                CreateUserAuthenticationMethodRequestContent.builder()
                        .type(CreatedUserAuthenticationMethodTypeEnum.PHONE)
                        .phoneNumber("+12025550123")
                        .preferredAuthenticationMethod(PreferredAuthenticationMethodEnum.SMS)
                        .build());
        var methodId = method.getId().orElseThrow();
        assertThat(methods.list(id)).anyMatch(one -> one.getId().equals(methodId));
        methods.update(
                id,
                methodId,
                UpdateUserAuthenticationMethodRequestContent.builder()
                        .preferredAuthenticationMethod(PreferredAuthenticationMethodEnum.VOICE)
                        .build());
        assertThat(methods.get(id, methodId).getPreferredAuthenticationMethod())
                .contains(PreferredAuthenticationMethodEnum.VOICE);
        assertThat(management.users().enrollments().get(id)).hasSize(1);
        var ticket = management
                .guardian()
                .enrollments()
                .createTicket(CreateGuardianEnrollmentTicketRequestContent.builder()
                        .userId(id)
                        .sendMail(false)
                        .build());
        assertThat(ticket.getTicketUrl()).isPresent();
        methods.delete(id, methodId);
        management.users().delete(id);
        var gone = catchThrowableOfType(
                ManagementApiException.class, () -> management.users().get(id));
        assertThat(gone.statusCode()).isEqualTo(404);
    }

    @Test
    void hooks_have_secrets() {
        var hooks = management.hooks();
        var hook = hooks.create(CreateHookRequestContent.builder()
                .name("example")
                .script("module.exports = function (recipient, text, context, cb) { cb(null, {}); };")
                .triggerId(HookTriggerIdEnum.SEND_PHONE_MESSAGE)
                .build());
        var id = hook.getId().orElseThrow();
        hooks.secrets().create(id, Map.of("API_KEY", "one"));
        assertThat(hooks.secrets().get(id)).containsExactly(Map.entry("API_KEY", "_VALUE_NOT_SHOWN_"));
        hooks.secrets().delete(id, List.of("API_KEY"));
        assertThat(hooks.list()).anyMatch(one -> one.getId().equals(hook.getId()));
        hooks.delete(id);
        assertThat(hooks.list()).noneMatch(one -> one.getId().equals(hook.getId()));
    }

    @Test
    void phone_templates_are_worded() {
        var templates = management.branding().phone().templates();
        var text = "{{ code }} is your code";
        var template = templates.create(CreatePhoneTemplateRequestContent.builder()
                .type(PhoneTemplateNotificationTypeEnum.OTP_ENROLL)
                .disabled(false)
                .content(PhoneTemplateContent.builder()
                        .syntax("liquid")
                        .from("+12025550123")
                        .body(PhoneTemplateBody.builder().text(text).voice(text).build())
                        .build())
                .build());
        assertThat(templates.list().getTemplates().orElseThrow())
                .anyMatch(one -> template.getId().equals(one.getId()));
        templates.delete(template.getId());
    }

    @Test
    void a_phone_provider_is_set_up() {
        server.removeTwilio();
        var providers = management.branding().phone().providers();
        var provider = providers.create(CreateBrandingPhoneProviderRequestContent.builder()
                .name(PhoneProviderNameEnum.TWILIO)
                .credentials(PhoneProviderCredentials.of(
                        TwilioProviderCredentials.builder().authToken("a token").build()))
                .configuration(PhoneProviderConfiguration.of(TwilioProviderConfiguration.builder()
                        .sid("AC00000000000000000000000000000000")
                        .defaultFrom("+12025550123")
                        .deliveryMethods(List.of(TwilioProviderDeliveryMethodEnum.TEXT))
                        .build()))
                .build());
        var id = provider.getId().orElseThrow();
        assertThat(providers.get(id).getName()).isEqualTo(PhoneProviderNameEnum.TWILIO);
        assertThat(providers.list().getProviders().orElseThrow()).hasSize(1);
        providers.delete(id);
        server.setUpTwilio();
    }

    @Test
    void the_log_is_read() {
        management.guardian().policies().set(List.of(MfaPolicyEnum.ALL_APPLICATIONS));
        var logs = management.logs().list();
        var first = logs.iterator().next();
        assertThat(management.logs().get(first.getLogId().orElseThrow()).getLogId())
                .isEqualTo(first.getLogId());
    }

    private static String signIn() {
        var refusal = catchThrowableOfType(
                APIException.class,
                () -> auth.login(HttpsServer.EMAIL, HttpsServer.PASSWORD.toCharArray())
                        .setScope("openid profile email")
                        .execute());
        assertThat(refusal.isMultifactorRequired()).isTrue();
        return String.valueOf(refusal.getValue("mfa_token"));
    }

    private static char[] code() {
        return server.carrier().lastCode(NUMBER).toCharArray();
    }

    private static <T> T body(Response<T> response) {
        return response.getBody();
    }
}
