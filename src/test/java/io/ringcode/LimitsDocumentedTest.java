package io.ringcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.challenge.Challenges;
import io.ringcode.challenge.WebAuthnCeremony;
import io.ringcode.delivery.Deliveries;
import io.ringcode.factor.GuessCount;
import io.ringcode.factor.RecoveryCodes;
import io.ringcode.factor.UsableFactors;
import io.ringcode.fraud.LoginGuard;
import io.ringcode.fraud.NoticeGuard;
import io.ringcode.fraud.NumberCheckGuard;
import io.ringcode.fraud.PageGuard;
import io.ringcode.fraud.ResetGuard;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.fraud.SendLimits.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/limits.md says what the server does. */
class LimitsDocumentedTest {
    /** A row of the table, by how it begins, and the number that stands there. */
    enum Row {
        USER("messages per user, per confirmed number", bucket(Limit.USER.usual())),
        NUMBER("messages per user, per confirmed number", bucket(Limit.NUMBER.usual())),
        ADDRESS("messages per address, to confirmed numbers", bucket(Limit.ADDRESS.usual())),
        ENROLLMENT_NUMBER("messages per number that is being enrolled", bucket(Limit.ENROLLMENT_NUMBER.usual())),
        ENROLLMENT_ADDRESS(
                "messages per address, to numbers that are being enrolled", bucket(Limit.ENROLLMENT_ADDRESS.usual())),
        TENANT(
                "messages per tenant",
                String.format(Locale.ENGLISH, "%,d,", Limit.TENANT.usual().size())),
        EVALUATION("messages of the built-in provider", Deliveries.EVALUATION_QUOTA + " in a tenant's life"),
        CODE("wrong guesses per code", Challenges.TRIES + " "),
        AUTHENTICATOR(
                "wrong guesses per authenticator",
                bucket(new Bucket(GuessCount.GUESSES, GuessCount.REFILL.toSeconds()))),
        IN_A_ROW("wrong guesses in a row", GuessCount.MOST_FAILURES + " "),
        RECOVERY_CODES("new recovery codes of a user that wait", RecoveryCodes.MOST_UNCONFIRMED + " "),
        KEYS("security keys and devices of a user", UsableFactors.MOST_WEBAUTHN + " "),
        CEREMONY("an answer of a security key or device", WebAuthnCeremony.LIFE.toMinutes() + " minutes"),
        PASSWORD("wrong passwords per user", bucket(LoginGuard.LIMIT)),
        SPRAY("wrong passwords per address, over all users", bucket(LoginGuard.ADDRESS_LIMIT)),
        LINKS("links for a new password, per user name", bucket(ResetGuard.LIMIT)),
        LINKS_FROM_ADDRESS("links for a new password, per address", bucket(ResetGuard.ADDRESS_LIMIT)),
        NUMBER_CHECKS("phone numbers of one user that", bucket(NumberCheckGuard.LIMIT)),
        NOTICES("notices of one kind to one recipient", bucket(NoticeGuard.LIMIT)),
        PAGES("forms of the sign-in pages", bucket(PageGuard.LIMIT));

        private final String what;
        private final String limit;

        Row(String what, String limit) {
            this.what = what;
            this.limit = limit;
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_table_tells_the_limit_that_holds(Row row) throws IOException {
        assertThat(Files.readAllLines(Path.of("docs/limits.md")))
                .filteredOn(line -> line.startsWith("| " + row.what))
                .singleElement()
                .satisfies(line -> assertThat(Arrays.stream(line.split("\\|"))
                                        .skip(2)
                                        .findFirst()
                                        .orElseThrow()
                                        .strip() + " ")
                        .startsWith(row.limit));
    }

    private static String bucket(Bucket bucket) {
        return bucket.size() + ", one more per " + time(bucket.refillSeconds());
    }

    private static String time(double seconds) {
        var whole = Math.round(seconds);
        if (whole == 3_600) return "hour";
        if (whole == 1) return "second";
        return whole % 60 == 0 && whole > 120 ? whole / 60 + " minutes" : whole + " s";
    }
}
