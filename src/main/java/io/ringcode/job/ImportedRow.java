package io.ringcode.job;

import io.ringcode.factor.AuthenticatorAdmin.Wanted;
import io.ringcode.user.ImportedUser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of an import that is sound.
 *
 * @param recoveryCode in clear; null for none
 */
record ImportedRow(
        ImportedUser user, List<Wanted> factors, @Nullable String recoveryCode) {}
