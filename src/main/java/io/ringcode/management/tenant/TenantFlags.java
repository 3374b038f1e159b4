package io.ringcode.management.tenant;

import io.ringcode.json.Patch;

/** The flags among a tenant's general settings. Which ones have a meaning here, docs/management-api.md says. */
record TenantFlags(
        Patch<Boolean> allowChangingEnableSso,
        Patch<Boolean> allowLegacyDelegationGrantTypes,
        Patch<Boolean> allowLegacyRoGrantTypes,
        Patch<Boolean> allowLegacyTokeninfoEndpoint,
        Patch<Boolean> changePwdFlowV1,
        Patch<Boolean> customDomainsProvisioning,
        Patch<Boolean> dashboardInsightsView,
        Patch<Boolean> dashboardLogStreamsNext,
        Patch<Boolean> disableClickjackProtectionHeaders,
        Patch<Boolean> disableFieldsMapFix,
        Patch<Boolean> disableImpersonation,
        Patch<Boolean> disableManagementApiSmsObfuscation,
        Patch<Boolean> enableAdfsWaadEmailVerification,
        Patch<Boolean> enableApisSection,
        Patch<Boolean> enableClientConnections,
        Patch<Boolean> enableCustomDomainInEmails,
        Patch<Boolean> enableDynamicClientRegistration,
        Patch<Boolean> enableIdtokenApi2,
        Patch<Boolean> enableLegacyProfile,
        Patch<Boolean> enablePipeline2,
        Patch<Boolean> enablePublicSignupUserExistsError,
        Patch<Boolean> enableSso,
        Patch<Boolean> enforceClientAuthenticationOnPasswordlessStart,
        Patch<Boolean> genaiTrial,
        Patch<Boolean> improvedSignupBotDetectionInClassic,
        Patch<Boolean> localResourceDiscovery,
        Patch<Boolean> mfaShowFactorListOnEnrollment,
        Patch<Boolean> noDiscloseEnterpriseConnections,
        Patch<Boolean> removeAlgFromJwks,
        Patch<Boolean> requirePushedAuthorizationRequests,
        Patch<Boolean> revokeRefreshTokenGrant,
        Patch<Boolean> trustAzureAdfsEmailVerifiedConnectionProperty,
        Patch<Boolean> useScopeDescriptionsForConsent) {}
