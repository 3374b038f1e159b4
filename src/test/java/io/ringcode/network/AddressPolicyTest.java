package io.ringcode.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.server.settings.Destination;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses may be reached: the rule alone is asked, nothing is dialled. */
class AddressPolicyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.8",
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "2001:db8::1",
                "2001::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::808:808",
                "2002:a00:1::1",
                "2002:7f00:1::",
                "100::1",
                "fec0::1",
                "5f00::1",
                "3fff::1"
            })
    void addresses_that_are_not_public_are_not_allowed(String address) throws Exception {
        var closed = new AddressPolicy(List.of());
        assertThat(closed.allows(InetAddress.getByName(address), 443)).isFalse();
        var named = new AddressPolicy(List.of(new Destination(InetAddress.getByName(address), 8, 443)));
        assertThat(named.allows(InetAddress.getByName(address), 443)).isTrue();
        assertThat(named.allows(InetAddress.getByName(address), 444)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "100.63.255.255",
                "172.32.0.1",
                "192.0.1.1",
                "198.20.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::8.8.8.8",
                "2002:808:808::1"
            })
    void public_addresses_are_allowed(String address) throws Exception {
        assertThat(new AddressPolicy(List.of()).allows(InetAddress.getByName(address), 443))
                .isTrue();
    }
}
