package io.ringcode.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import io.ringcode.phone.InvalidPhoneNumber.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which number reaches the person whose number was typed, or stored years ago. */
class PhoneNumberTest {
    @ParameterizedTest
    @CsvSource({
        "+52 1 55 1234 5678, +525512345678",
        "+52 044 55 1234 5678, +525512345678",
        "+52 55 1234 5678, +525512345678",
        "+54 9 11 2345-6789, +5491123456789",
        "+54 11 15 2345-6789, +5491123456789",
        "+55 11 8765-4321, +5511987654321",
        "+55 11 98765-4321, +5511987654321",
        "+55 11 3123-4567, +551131234567",
        "+229 97 00 00 00, +2290197000000",
        "+225 07 12 34 56, +2250707123456",
        "+225 05 12 34 56, +2250505123456",
        "+44 (0)7911 123456, +447911123456",
        "+86 0 138 0013 8000, +8613800138000"
    })
    void the_number_that_reaches_the_person(String written, String reaches) {
        assertThat(new PhoneNumber(written).e164()).isEqualTo(reaches);
        assertThat(new PhoneNumber(reaches).e164()).as("it stays").isEqualTo(reaches);
    }

    @ParameterizedTest
    @CsvSource({
        "044 55 1234 5678, MX, +525512345678",
        "1 55 1234 5678, MX, +525512345678",
        "(11) 8765-4321, BR, +5511987654321"
    })
    void as_it_was_dialled_at_home(String typed, String region, String reaches) {
        assertThat(PhoneNumber.typed(typed, region).e164()).isEqualTo(reaches);
    }

    @ParameterizedTest
    @CsvSource({"+525512345678, +5215512345678", "+5511987654321, +551187654321", "+2290197000000, +22997000000"})
    void what_was_stored_in_the_old_form_is_looked_for_too(String present, String former) {
        assertThat(new PhoneNumber(present).storedAs()).containsExactly(present, former);
    }

    @ParameterizedTest
    @CsvSource({
        "+5215512345678, +525512345678, MX",
        "+551187654321, +5511987654321, BR",
        "+22997000000, +2290197000000, BJ",
        "+22507123456, +2250707123456, CI",
        "+22505123456, +2250505123456, CI",
        "+22501123456, +2250101123456, CI",
        "+14155550123, +14155550123, US"
    })
    void what_was_stored_in_the_old_form_still_reaches_the_person(String stored, String reaches, String region) {
        assertThat(PhoneNumber.stored(stored))
                .isEqualTo(new PhoneNumber(reaches))
                .hasSameHashCodeAs(reaches);
        assertThat(PhoneNumber.stored(stored).region()).isEqualTo(region);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1 415-555-0123 ext. 5",
                "+1 415 555 0123 x5",
                "+14155550123;ext=5",
                "+1 415 555 0123 #5",
                "+14155550123,,5",
                "+7 495 123-45-67 доб. 5"
            })
    void an_extension_is_refused_and_not_left_out(String number) {
        assertThatThrownBy(() -> new PhoneNumber(number))
                .isInstanceOfSatisfying(
                        InvalidPhoneNumber.class, no -> assertThat(no.reason()).isEqualTo(Reason.EXTENSION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+52 1 55 1234 56789", "+1", "4155550123", "+999123456"})
    void no_number_is_made_up(String number) {
        assertThatThrownBy(() -> new PhoneNumber(number))
                .isInstanceOfSatisfying(
                        InvalidPhoneNumber.class, no -> assertThat(no.reason()).isEqualTo(Reason.IMPOSSIBLE));
    }

    @Test
    void a_number_of_every_country_is_placed_and_shown_as_its_plan_has_it() throws Exception {
        var plans = PhoneNumberUtil.getInstance();
        for (var country : plans.getSupportedRegions())
            for (var type : PhoneNumberType.values()) {
                var example = plans.getExampleNumberForType(country, type);
                if (example == null || !plans.isPossibleNumber(example)) continue;
                var number = new PhoneNumber(plans.format(example, PhoneNumberFormat.E164));
                var parsed = plans.parse(number.e164(), null);
                assertThat(number.region()).as("%s %s", country, type).isEqualTo(plans.getRegionCodeForNumber(parsed));
                assertThat(number.readable()).isEqualTo(plans.format(parsed, PhoneNumberFormat.INTERNATIONAL));
            }
        assertThat(new PhoneNumber("+80012345678").region())
                .as("free of charge in all countries")
                .isNull();
    }
}
