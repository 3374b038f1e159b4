package io.ringcode.session;

import io.ringcode.factor.Amr;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.time.Instant;

/**
 * A person signed in, in one browser.
 *
 * @param stamp the user's security stamp when it was opened
 * @param amr what was proved (RFC 8176)
 * @param authTime when the last of it was
 */
public record BrowserSession(TenantId tenant, UserId user, long stamp, Amr amr, Instant authTime) {}
