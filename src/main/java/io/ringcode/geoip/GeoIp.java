package io.ringcode.geoip;

import io.ringcode.schedule.RecurringTask;
import io.ringcode.server.settings.Settings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the operator's files say of an address; where several do, the first that does counts. */
@Component
public class GeoIp implements RecurringTask {
    private final List<IpDatabase> databases;

    GeoIp(Settings settings) {
        this.databases = settings.ipDatabases().stream().map(IpDatabase::new).toList();
    }

    /** @param address IPv4 or IPv6, as text; null where it is not known */
    public AddressFacts of(@Nullable String address) {
        if (address == null || databases.isEmpty()) return AddressFacts.NONE;
        InetAddress parsed;
        try {
            parsed = InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException _) {
            return AddressFacts.NONE;
        }
        var facts = AddressFacts.NONE;
        for (var database : databases) facts = facts.or(database.find(parsed));
        return facts;
    }

    /** Whether the operator has given any. */
    public boolean hasFiles() {
        return !databases.isEmpty();
    }

    @Override
    public String name() {
        return "ip-databases";
    }

    @Override
    public Duration period() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        databases.forEach(IpDatabase::refresh);
    }
}
