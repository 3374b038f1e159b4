package io.ringcode.notice;

import io.ringcode.tenant.TenantSettings;
import org.jspecify.annotations.Nullable;

/**
 * The stored settings of a tenant's webhook for notices: the tenant setting {@link #SETTING}.
 *
 * @param endpoint null where there is none, and then the secret is null too
 */
public record NoticeWebhook(
        @Nullable String endpoint, @Nullable String secretSealed) {
    public static final String SETTING = "ringcode/notices/webhook";
    public static final NoticeWebhook NONE = new NoticeWebhook(null, null);

    public static NoticeWebhook of(TenantSettings settings) {
        return settings.get(SETTING, NoticeWebhook.class, NONE);
    }

    public boolean isSetUp() {
        return endpoint != null;
    }

    @Override
    public String toString() {
        return "NoticeWebhook[" + isSetUp() + "]";
    }
}
