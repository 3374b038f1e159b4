package io.ringcode.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.management.Admin;
import io.ringcode.phone.NumberKind;
import io.ringcode.phone.PhoneNumber;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers that no person should need, and countries of a channel or an application. */
class NumbersTest {
    private static final String NUMBERS = "/guardian/factors/phone/fraud/numbers";
    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);

    static Stream<Arguments> numbersThatNoPersonShouldNeed() {
        return Stream.of(
                Arguments.of(example("GB", PhoneNumberType.PREMIUM_RATE), NumberKind.PREMIUM_RATE),
                Arguments.of(example("DE", PhoneNumberType.PREMIUM_RATE), NumberKind.PREMIUM_RATE),
                Arguments.of(example("FR", PhoneNumberType.SHARED_COST), NumberKind.SHARED_COST),
                Arguments.of(example("GB", PhoneNumberType.PERSONAL_NUMBER), NumberKind.PERSONAL),
                Arguments.of(example("GB", PhoneNumberType.PAGER), NumberKind.PAGER),
                Arguments.of(example("DE", PhoneNumberType.UAN), NumberKind.UNIVERSAL_ACCESS),
                Arguments.of(example("DE", PhoneNumberType.VOICEMAIL), NumberKind.VOICEMAIL),
                Arguments.of(example(979), NumberKind.INTERNATIONAL_PREMIUM),
                Arguments.of(example(882), NumberKind.INTERNATIONAL_NETWORK),
                Arguments.of(example(883), NumberKind.INTERNATIONAL_NETWORK),
                Arguments.of(example(870), NumberKind.SATELLITE),
                Arguments.of(example(881), NumberKind.SATELLITE));
    }

    private static String example(String country, PhoneNumberType type) {
        return PLANS.format(PLANS.getExampleNumberForType(country, type), PhoneNumberFormat.E164);
    }

    private static String example(int callingCode) {
        Phonenumber.PhoneNumber number = PLANS.getExampleNumberForNonGeoEntity(callingCode);
        return PLANS.format(number, PhoneNumberFormat.E164);
    }

    @ParameterizedTest
    @MethodSource("numbersThatNoPersonShouldNeed")
    void it_is_sent_nothing_and_called_never_until_its_kind_is_permitted(String number, NumberKind kind) {
        assertThat(new PhoneNumber(number).kind()).isEqualTo(kind);
        var before = tenant.server().carrier().count();
        for (var channel : new String[] {"sms", "voice"})
            assertThat(enrol(channel, number).error())
                    .isEqualTo("400 invalid_request: Codes are not sent to this kind of phone number.");
        assertThat(tenant.server().carrier().count()).isEqualTo(before);
        permit(kind);
        assertThat(enrol("sms", number).status()).isEqualTo(200);
        assertThat(tenant.server().carrier().count()).isEqualTo(before + 1);
    }

    @Test
    void a_country_list_does_not_permit_a_kind_and_another_kind_neither() {
        assertThat(admin.patch("/tenants/settings", "{'country_codes':{'mode':'allow','list':['GB']}}")
                        .status())
                .isEqualTo(200);
        permit(NumberKind.SATELLITE);
        assertThat(enrol("sms", example("GB", PhoneNumberType.PREMIUM_RATE)).status())
                .isEqualTo(400);
        assertThat(enrol("sms", example("GB", PhoneNumberType.MOBILE)).status()).isEqualTo(200);
    }

    @Test
    void what_people_have_is_ordinary_in_every_country() {
        for (var country : PLANS.getSupportedRegions())
            for (var type : new PhoneNumberType[] {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE}) {
                var number = PLANS.getExampleNumberForType(country, type);
                if (number == null) continue;
                var e164 = PLANS.format(number, PhoneNumberFormat.E164);
                assertThat(new PhoneNumber(e164).kind())
                        .as(country + " " + type)
                        .isEqualTo(NumberKind.ORDINARY);
            }
    }

    @Test
    void calls_have_a_list_of_their_own_and_an_application_too() {
        var german = "+4915123456789";
        var austrian = "+436641234567";
        numbers("{'permitted_kinds':[],'countries':[{'channel':'voice','mode':'allow','list':['AT']}]}");
        assertThat(enrol("voice", german).error()).contains("Phone numbers from this country are not accepted.");
        assertThat(enrol("voice", austrian).status()).isEqualTo(200);
        assertThat(enrol("sms", german).status()).isEqualTo(200);

        numbers("{'permitted_kinds':[],'countries':[{'channel':'voice','mode':'allow','list':['AT']},"
                + "{'client_id':'" + tenant.clientId() + "','mode':'deny','list':['AT']},"
                + "{'client_id':'another','mode':'deny','list':['DE']}]}");
        assertThat(enrol("voice", german).status()).isEqualTo(200);
        assertThat(enrol("voice", austrian).status()).isEqualTo(400);
    }

    @Test
    void what_cannot_be_meant_is_refused() {
        for (var body : new String[] {
            "{'permitted_kinds':['mobile'],'countries':[]}",
            "{'permitted_kinds':[],'countries':[{'mode':'allow','list':['AT']}]}",
            "{'permitted_kinds':[],'countries':[{'channel':'voice','mode':'allow','list':['Austria']}]}",
            "{'permitted_kinds':[],'countries':[{'channel':'voice','mode':'allow','list':['AT']},{'channel':'voice','mode':'deny','list':['DE']}]}",
            "{'permitted_kinds':[],'countries':[{'channel':'pigeon','mode':'allow','list':['AT']}]}"
        }) assertThat(admin.put(NUMBERS, body).status()).as(body).isEqualTo(400);
        assertThat(admin.get(NUMBERS).body().toString()).isEqualTo("{\"permitted_kinds\":[],\"countries\":[]}");
    }

    @Test
    void what_is_read_can_be_set() {
        numbers(
                "{'permitted_kinds':['satellite','pager'],'countries':[{'channel':'voice','mode':'allow','list':['AT']}]}");
        var read = admin.get(NUMBERS).body();
        assertThat(read.path("permitted_kinds").toString()).isEqualTo("[\"pager\",\"satellite\"]");
        assertThat(admin.put(NUMBERS, read).body()).isEqualTo(read);
    }

    private void permit(NumberKind... kinds) {
        numbers("{'permitted_kinds':["
                + String.join(
                        ",",
                        Arrays.stream(kinds)
                                .map(kind -> "'" + kind.wire() + "'")
                                .toList())
                + "],'countries':[]}");
    }

    private void numbers(String body) {
        assertThat(admin.put(NUMBERS, body).status()).isEqualTo(200);
    }

    private Answer enrol(String channel, String number) {
        return tenant.associate(tenant.mfaToken(tenant.person(), "enroll"), channel, number);
    }
}
