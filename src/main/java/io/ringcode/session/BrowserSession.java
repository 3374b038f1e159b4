package io.ringcode.session;

import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Instant;
import java.util.List;

/**
 * A person signed in, in one browser.
 *
 * @param amr what was proved (RFC 8176)
 * @param authTime when the last of it was
 */
public record BrowserSession(TenantId tenant, UserId user, List<String> amr, Instant authTime) {}
