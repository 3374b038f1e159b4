package io.ringcode.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ringcode.user.NewPassword.Refusal;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewPasswordTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Password",
                "12345678",
                "PASSWORD1",
                "iloveyou",
                "football",
                "trustno1",
                "passw0rd",
                "liverpool1",
                "1q2w3e4r5t",
                "qwertyuiop"
            })
    void what_everybody_takes_is_refused(String password) {
        assertThat(NewPassword.refusal(password)).isEqualTo(Refusal.COMMON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a few words to remember", "correct horse battery", "Tr0ub4dor&3 and more", "пароль із слів"})
    void what_few_take_may_be_set(String password) {
        assertThat(NewPassword.refusal(password)).isNull();
    }

    @Test
    void the_length_goes_first() {
        assertThat(NewPassword.refusal("1234567")).isEqualTo(Refusal.TOO_SHORT);
        assertThat(NewPassword.refusal("a".repeat(513))).isEqualTo(Refusal.TOO_LONG);
        assertThat(NewPassword.refusal("\ud83d\udd11".repeat(7))).isEqualTo(Refusal.TOO_SHORT);
    }

    @Test
    void hardly_any_other_password_is_taken_for_a_common_one() {
        var random = new Random(7);
        var refused = IntStream.range(0, 200_000)
                .mapToObj(_ -> Long.toString(random.nextLong(), 36) + "x")
                .filter(password -> NewPassword.refusal(password) == Refusal.COMMON)
                .count();
        assertThat(refused).isLessThan(20);
    }

    /** By the share of its bits that are set, as n = -(m/k) ln(1 - X/m). */
    @Test
    void what_is_shipped_was_made_from_a_hundred_thousand() {
        var set = BitSet.valueOf(CommonPasswords.shipped().bytes()).cardinality();
        var bits = CommonPasswords.BYTES * 8.0;
        assertThat(-bits / CommonPasswords.HASHES * Math.log(1 - set / bits)).isCloseTo(100_000, within(1_000.0));
    }

    @Test
    void a_filter_has_what_it_was_made_from() {
        var made = CommonPasswords.of(List.of("Geheimnis1", "caf\u00e9 au lait"));
        assertThat(made.contains("geheimnis1")).isTrue();
        assertThat(made.contains("cafe\u0301 au lait")).isTrue();
        assertThat(made.contains("geheimnis2")).isFalse();
    }
}
