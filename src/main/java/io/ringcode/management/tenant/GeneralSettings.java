package io.ringcode.management.tenant;

import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Patch;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.json.Rule.Range;
import io.ringcode.user.EmailAddress;
import java.math.BigDecimal;
import java.util.List;

/** A change of a tenant's general settings. Lifetimes are in hours. */
record GeneralSettings(
        @Length(max = 150) Patch<String> friendlyName,
        @Matches(Formats.URL) Patch<String> pictureUrl,
        @Matches("(" + EmailAddress.PATTERN + ")?") Patch<String> supportEmail,
        @Matches(Formats.URL) Patch<String> supportUrl,
        @Items(max = 100) @Matches(Formats.LANGUAGE) Patch<List<String>> enabledLocales,
        Patch<TenantFlags> flags,
        @Length(max = 600) Patch<String> defaultAudience,
        @Length(max = 128) Patch<String> defaultDirectory,
        @Matches(Formats.URL) Patch<String> defaultRedirectionUri,
        @Items(max = 100) @Length(min = 1, max = 2_000) Patch<List<String>> allowedLogoutUrls,
        @Range(min = 0, max = YEAR) Patch<BigDecimal> sessionLifetime,
        @Range(min = 0, max = YEAR) Patch<BigDecimal> idleSessionLifetime,
        @Range(min = 0, max = YEAR) Patch<BigDecimal> ephemeralSessionLifetime,
        @Range(min = 0, max = YEAR) Patch<BigDecimal> idleEphemeralSessionLifetime,
        @OneOf({"12", "16", "18", "22"}) Patch<String> sandboxVersion,
        @OneOf({"12", "16", "18", "22"}) Patch<String> legacySandboxVersion,
        Patch<PageOfOwn> changePassword,
        Patch<PageOfOwn> guardianMfaPage,
        Patch<ErrorPage> errorPage,
        Patch<DeviceFlow> deviceFlow,
        Patch<SessionCookie> sessionCookie,
        Patch<Sessions> sessions,
        Patch<OidcLogout> oidcLogout,
        Patch<Mtls> mtls,
        Patch<CountryCodes> countryCodes,
        @Items(max = 20) @Length(min = 1, max = 2_000) Patch<List<String>> acrValuesSupported,
        @OneOf({"audience", "compatibility"}) Patch<String> resourceParameterProfile,
        @OneOf({"strict", "permissive"}) Patch<String> dynamicClientRegistrationSecurityMode,
        Patch<Boolean> allowOrganizationNameInAuthenticationApi,
        Patch<Boolean> authorizationResponseIssParameterSupported,
        Patch<Boolean> clientIdMetadataDocumentSupported,
        Patch<Boolean> customizeMfaInPostloginAction,
        Patch<Boolean> enableAiGuide,
        Patch<Boolean> includeSessionMetadataInTenantLogs,
        Patch<Boolean> phoneConsolidatedExperience,
        Patch<Boolean> pushedAuthorizationRequestsSupported,
        Patch<Boolean> skipNonVerifiableCallbackUriConfirmationPrompt)
        implements JsonBody {
    private static final int YEAR = 8_760;

    record PageOfOwn(
            Patch<Boolean> enabled, @Length(max = 30_000) Patch<String> html) {}

    record ErrorPage(
            @Length(max = 30_000) Patch<String> html,
            Patch<Boolean> showLogLink,
            @Matches(Formats.URL) Patch<String> url) {}

    record DeviceFlow(
            @OneOf({"base20", "digits"}) Patch<String> charset,
            @Length(max = 20) Patch<String> mask) {}

    record SessionCookie(
            @OneOf({"persistent", "non-persistent"}) Patch<String> mode) {}

    record Sessions(Patch<Boolean> oidcLogoutPromptEnabled) {}

    record OidcLogout(Patch<Boolean> rpLogoutEndSessionEndpointDiscovery) {}

    record Mtls(Patch<Boolean> enableEndpointAliases) {}

    /** The countries whose numbers are sent to, or are not. */
    record CountryCodes(
            @Items(max = 300) @Matches("[A-Z]{2}") List<String> list,
            @OneOf({"allow", "deny"}) String mode) {
        CountryCodes {
            // Nobody could be sent anything, and no administrator means that.
            if (list.isEmpty() && mode.equals("allow"))
                throw InvalidBody.on("list", "Must name a country where only these are allowed");
        }
    }

    GeneralSettings {
        positive("session_lifetime", sessionLifetime);
        positive("idle_session_lifetime", idleSessionLifetime);
        positive("ephemeral_session_lifetime", ephemeralSessionLifetime);
        positive("idle_ephemeral_session_lifetime", idleEphemeralSessionLifetime);
    }

    private static void positive(String name, Patch<BigDecimal> hours) {
        if (hours.value() != null && hours.value().signum() == 0)
            throw InvalidBody.on(name, "Must be between 0 and " + YEAR);
    }
}
