package io.ringcode.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.Receipt.State;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b", "a\ud800", "two words", "ü"})
    void an_id_that_no_carrier_gives_is_about_no_message(String id) {
        assertThat(Genuine.unsigned(List.of(Receipt.of(id, State.DELIVERED))).receipts())
                .isEmpty();
    }

    @Test
    void nor_is_one_longer_than_any_of_theirs() {
        var longest = Receipt.of("x".repeat(200), State.DELIVERED);
        var longer = Receipt.of("x".repeat(201), State.DELIVERED);
        assertThat(Genuine.signed(List.of(longest, longer)).receipts()).containsExactly(longest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"30003", "TEXT_TTL_EXPIRED", "number_out_of_service", "http_404"})
    void a_code_is_kept(String code) {
        assertThat(Receipt.of("1", State.FAILED, code, null).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+4915112345678", "4915112345678", "no route to 4915112345678", "a\0"})
    void what_is_no_code_is_not(String text) {
        assertThat(Receipt.of("1", State.FAILED, text, null).code()).isNull();
    }
}
