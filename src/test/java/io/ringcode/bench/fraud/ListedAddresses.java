package io.ringcode.bench.fraud;

import io.ringcode.fraud.traffic.Networks;
import io.ringcode.geoip.MaxMindFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a replay says of its addresses, as the file that an operator would have. */
final class ListedAddresses {
    private ListedAddresses() {}

    static Path of(List<Event> events) {
        var networks = new HashMap<String, Map<String, Object>>();
        for (var event : events) {
            if (event.asn() == 0 && event.asnKind() == null) continue;
            var networkOf = Networks.of(event.ip());
            if (networkOf == null) continue;
            var network = networkOf.wide() == null ? event.ip() + "/32" : networkOf.near() + "::/64";
            networks.put(
                    network,
                    Map.of("autonomous_system_number", event.asn(), "is_hosting_provider", InMemory.isHosting(event)));
        }
        try {
            var folder = Files.createTempDirectory("replay-addresses");
            folder.toFile().deleteOnExit();
            return MaxMindFile.write(folder.resolve("addresses.mmdb"), networks);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
