package io.ringcode.login.page;

import io.ringcode.factor.FactorKind;
import io.ringcode.phone.Channel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages on which people manage their own methods. */
public sealed interface AccountScreen extends Screen {
    /**
     * A method that is bound.
     *
     * @param name that its owner gave it; null for none
     * @param maskedNumber of a phone
     * @param channel of a phone: by which its codes go
     * @param locked whether it can no longer be used
     */
    record Method(
            String id,
            FactorKind kind,
            @Nullable String name,
            @Nullable String maskedNumber,
            @Nullable Channel channel,
            Instant since,
            @Nullable Instant usedAt,
            boolean locked) {}

    /**
     * All of them. {@code action} is {@code change::} and a method's id, {@code add::} and a factor's wire name, or
     * {@code new-recovery-code}.
     *
     * @param offered what may be added
     * @param recoveryCode whether a new one may be made
     */
    record Methods(List<Method> methods, List<Factor> offered, boolean recoveryCode, List<Problem> problems)
            implements AccountScreen {
        @Override
        public String name() {
            return "account";
        }

        @Override
        public String prompt() {
            return "account";
        }
    }

    /**
     * Posts {@code nickname} and {@code type}; {@code remove}, {@code back-action}.
     *
     * @param channels a phone may get its codes by; none where there is no choice
     */
    record MethodChange(Method method, List<Channel> channels, String nickname, List<Problem> problems)
            implements AccountScreen {
        @Override
        public String name() {
            return "account-method";
        }

        @Override
        public String prompt() {
            return "account";
        }
    }

    /**
     * Asks once more. {@code action} is {@code remove} or {@code back-action}.
     *
     * @param last whether the account is protected by the password alone afterwards
     */
    record MethodRemoval(Method method, boolean last) implements AccountScreen {
        @Override
        public String name() {
            return "account-remove";
        }

        @Override
        public String prompt() {
            return "account";
        }
    }
}
