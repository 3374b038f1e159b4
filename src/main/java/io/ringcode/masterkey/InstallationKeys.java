package io.ringcode.masterkey;

import io.ringcode.secret.Keyring;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.MasterKeys;
import java.sql.Connection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The key ring as a command needs it, beside a server or without one. */
public final class InstallationKeys {
    private InstallationKeys() {}

    /**
     * @param given what the operator gives the command
     * @throws StartRefused where the key of the day is not among them
     */
    public static Keyring read(Connection connection, MasterKeys given) {
        var all = new MasterKeyTable(JdbcClient.create(new SingleConnectionDataSource(connection, true))).all();
        if (all.isEmpty()) throw StartRefused.because("No server has begun in this database yet");
        var active = all.getFirst().id();
        if (given.find(active) == null)
            throw StartRefused.because("The master key of this database is " + active + ", and the one given is "
                    + String.join(", ", given.ids()));
        var keys = new Keyring();
        KeyTurn.settle(keys, given, all);
        return keys;
    }
}
