package io.ringcode.delivery.carrier;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringcode.Ringcode;
import io.ringcode.delivery.CarrierContract;
import io.ringcode.delivery.EveryAccount;
import io.ringcode.delivery.carrier.ReceiptSource.Addressing;
import io.ringcode.phone.Channel;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.settings.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.util.ClassUtils;

/** Documents and tests have every carrier that there is, as it describes itself. */
class CarriersTest {
    private static final Path PAGES = Path.of("docs/carriers");

    private final Carriers carriers = Ringcode.shared().bean(Carriers.class);

    @Test
    void the_index_of_pages_tells_what_each_carrier_says_of_itself() throws IOException {
        var index = Files.readString(PAGES.resolve("README.md"));
        var rows = index.lines().filter(line -> line.startsWith("| [")).toList();
        assertThat(rows).hasSameSizeAs(carriers.all());
        for (int i = 0; i < rows.size(); i++) {
            var carrier = carriers.all().get(i);
            assertThat(rows.get(i)).startsWith(row(carrier));
            assertThat(rows.get(i).contains(" | no, "))
                    .as("%s does not report", carrier.name())
                    .isEqualTo(carrier.reports() == null);
            assertThat(rows.get(i).contains(" | to the address named with each message | ")
                            && carrier.reports() == Addressing.IN_THE_CARRIERS_CONSOLE)
                    .as("%s is told its address by hand", carrier.name())
                    .isFalse();
            assertThat(index.lines())
                    .as("what %s is asked about credentials", carrier.name())
                    .anyMatch(line -> line.startsWith("| " + carrier.title() + " | "));
        }
    }

    private static String row(Carrier carrier) {
        return List.of(
                        "[%s](%s.md)".formatted(carrier.title(), carrier.name()),
                        "`" + carrier.name() + "`",
                        yes(carrier.channels().contains(Channel.SMS)),
                        yes(carrier.makesCalls()))
                .stream()
                .collect(joining(" | ", "| ", " | "));
    }

    private static String yes(boolean it) {
        return it ? "yes" : "no";
    }

    @Test
    void each_carrier_has_its_page_and_each_page_its_carrier() throws IOException {
        try (var files = Files.list(PAGES)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    Stream.of("README.md"),
                                    carriers.all().stream().map(carrier -> carrier.name() + ".md"))
                            .toList());
        }
    }

    @Test
    void each_carrier_keeps_the_contract_and_has_an_account_to_test_with() throws ClassNotFoundException {
        for (var carrier : carriers.all()) {
            var provider = ClassUtils.getUserClass(carriers.find(carrier.name()).orElseThrow());
            var test = Class.forName(provider.getName().replaceFirst("Provider$", "ContractTest"));
            assertThat(test).isAssignableTo(CarrierContract.class);
        }
        assertThat(EveryAccount.names())
                .containsExactlyInAnyOrderElementsOf(
                        carriers.all().stream().map(Carrier::name).toList());
    }

    @Test
    void an_address_for_no_carrier_is_refused() {
        var known = Settings.read(new String[0], variables("RINGCODE_AWS_SMS_VOICE_BASE_URL"));
        new AddressCheck(known, carriers).afterSingletonsInstantiated();
        var slip = Settings.read(new String[0], variables("RINGCODE_TWILO_BASE_URL"));
        assertThatThrownBy(() -> new AddressCheck(slip, carriers).afterSingletonsInstantiated())
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("RINGCODE_TWILO_BASE_URL: there is no such carrier")
                .hasMessageContaining("RINGCODE_TWILIO_BASE_URL");
    }

    private static Map<String, String> variables(String name) {
        return Map.of("RINGCODE_DEV", "true", name, "http://127.0.0.1:1");
    }
}
