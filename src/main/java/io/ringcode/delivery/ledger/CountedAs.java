package io.ringcode.delivery.ledger;

import static io.ringcode.delivery.MessageState.ACCEPTED;
import static io.ringcode.delivery.MessageState.EXPIRED;
import static io.ringcode.delivery.MessageState.UNDELIVERED;

import io.ringcode.delivery.MessageState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a message counts as: the rule of every figure, and of the list behind it. A message arrived if its carrier says so or
 * its code was typed: some carriers report nothing. One that was not sent (again) since its code was used, state {@code
 * not_needed}, counts among the messages alone. Of the messages of one login, the first counts as the code and the last
 * before the code was typed as the one that was verified.
 */
public enum CountedAs {
    SENT(ACCEPTED, MessageState.DELIVERED, UNDELIVERED),
    DELIVERED("(state = 'delivered' OR (verified_at IS NOT NULL AND state <> 'not_needed'))"),
    FAILED(MessageState.FAILED, EXPIRED),
    CODES("is_code"),
    VERIFIED("is_verified");

    /**
     * SQL for {@code is_code} and {@code is_verified} of rows named {@code line}, with {@code id}, {@code user_id}, {@code
     * transaction_id}, {@code enrollment_id} and {@code verified_at}, of {@code :tenant}. It looks for the others of the login among
     * the messages of the user, who has few.
     */
    public static final String AMONG_ITS_LOGIN = """
            NOT EXISTS (
                SELECT FROM message AS earlier
                 WHERE earlier.tenant_id = :tenant AND earlier.user_id = line.user_id
                   AND earlier.transaction_id = line.transaction_id
                   AND earlier.enrollment_id = line.enrollment_id AND earlier.id < line.id) AS is_code,
            verified_at IS NOT NULL AND NOT EXISTS (
                SELECT FROM message AS later
                 WHERE later.tenant_id = :tenant AND later.user_id = line.user_id
                   AND later.transaction_id = line.transaction_id
                   AND later.enrollment_id = line.enrollment_id AND later.id > line.id
                   AND later.created_at <= line.verified_at) AS is_verified
            """;

    /** As on the wire, in the order of a message's way. */
    public static final List<String> WIRES =
            Arrays.stream(values()).map(CountedAs::wire).toList();

    @SuppressWarnings("ImmutableEnumChecker") // what Set.of makes does not change
    private final Set<MessageState> states;

    private final String condition;

    CountedAs(MessageState... states) {
        this.states = Set.of(states);
        this.condition = Arrays.stream(states)
                .map(state -> "'" + state.wire() + "'")
                .collect(Collectors.joining(", ", "state IN (", ")"));
    }

    CountedAs(String condition) {
        this.states = Set.of();
        this.condition = condition;
    }

    /** Those that a message may have; empty where that does not tell. */
    Set<MessageState> states() {
        return states;
    }

    /** SQL over rows with {@code state}, {@code verified_at}, and what {@link #AMONG_ITS_LOGIN} tells. */
    public String condition() {
        return condition;
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<CountedAs> of(String wire) {
        return Arrays.stream(values()).filter(one -> one.wire().equals(wire)).findFirst();
    }
}
