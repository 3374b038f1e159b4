package io.ringcode.notice;

import io.ringcode.tenant.TenantSettings;
import java.util.List;

/**
 * Which notices a tenant's users get: the tenant setting {@link #SETTING}.
 *
 * @param off the kinds that nobody is told of, by their names
 */
public record NoticeSettings(List<String> off) {
    public static final String SETTING = "ringcode/notices";
    public static final NoticeSettings ALL = new NoticeSettings(List.of());

    public static NoticeSettings of(TenantSettings settings) {
        return settings.get(SETTING, NoticeSettings.class, ALL);
    }

    public boolean isOn(NoticeKind kind) {
        return !off.contains(kind.wire());
    }
}
