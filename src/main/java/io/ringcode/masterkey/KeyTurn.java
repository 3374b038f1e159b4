package io.ringcode.masterkey;

import io.ringcode.masterkey.MasterKeyTable.Known;
import io.ringcode.schedule.RecurringTask;
import io.ringcode.secret.Keyring;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.storage.MasterKey;
import io.ringcode.server.storage.MasterKeys;
import java.lang.management.ManagementFactory;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides which master key seals. The database has the decision: a key that the operator puts first, and that has never sealed here, is
 * taken as soon as every server that runs knows it, so that none meets a value that it cannot open. A server that does not know the key
 * of the day refuses to start; one that runs is not ready until it is given the key.
 */
@Component
public class KeyTurn implements RecurringTask, DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(KeyTurn.class);

    private final MasterKeyTable table;
    private final MasterKeys given;
    private final Keyring keys;
    private final ApplicationContext context;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final UUID server = UUID.randomUUID();
    private boolean begun;
    private boolean shutOut;
    private String told = "";

    KeyTurn(
            MasterKeyTable table,
            MasterKeys given,
            Keyring keys,
            ApplicationContext context,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.table = table;
        this.given = given;
        this.keys = keys;
        this.context = context;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public String name() {
        return "master-key";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(5);
    }

    /**
     * At start, within the transaction that may fill an empty database: from now on the key ring works.
     *
     * @param check what the first start stored; null where this is it
     * @throws StartRefused where a key is missing
     */
    public void begin(byte @Nullable [] check) {
        table.lock();
        if (table.all().isEmpty()) table.add(first(check).id(), true, null, clock.instant());
        var all = table.all();
        var missing = all.stream()
                .filter(key -> key.emptyAt() == null && given.find(key.id()) == null)
                .map(Known::id)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty())
            throw StartRefused.because("Secrets in this database are under the master key " + missing
                    + ", which this server does not have (it has " + String.join(", ", given.ids())
                    + "): give it that one too, behind the newer ones, with RINGCODE_MASTER_KEY or in master.key");
        settle(all);
        begun = true;
    }

    private MasterKey first(byte @Nullable [] check) {
        if (check == null) return given.wanted();
        return given.known().stream()
                .filter(key -> MessageDigest.isEqual(check, Keyring.check(key)))
                .findFirst()
                .orElseThrow(() -> StartRefused.because(
                        "The master key is not the one that this database was made with. Give the right"
                                + " one with RINGCODE_MASTER_KEY, or put its master.key back into the data folder."));
    }

    private void settle(List<Known> all) {
        settle(keys, given, all);
        table.here(server, ownName(), given.ids(), all.getFirst().id());
    }

    /** @param all that this installation has had, of which the first seals now */
    static void settle(Keyring keys, MasterKeys given, List<Known> all) {
        var active = all.getFirst();
        var first = all.stream().filter(Known::first).findFirst().orElseThrow();
        var sealing = given.find(active.id());
        if (sealing == null) throw new IllegalStateException("The master key " + active.id() + " is not known here");
        var sealed = active.rootSealed();
        var root = sealed == null ? sealing : Keyring.openRoot(sealed, sealing);
        keys.settle(given.known(), active.id(), first.id(), root);
    }

    @Override
    public synchronized void run() {
        refresh();
        var all = table.all();
        if (given.find(all.getFirst().id()) == null) {
            shutOut(all.getFirst());
            return;
        }
        settle(all);
        letIn();
        // Not within the transaction: until it has committed, the other servers do not know of it.
        if (isNew(all) && transaction.execute(_ -> turn())) {
            settle(table.all());
            tell("The master key " + keys.active() + " seals from now on; what lies under older ones is sealed anew");
        }
    }

    private void refresh() {
        try {
            given.refresh();
        } catch (StartRefused unreadable) {
            tell(unreadable.getMessage() + " (this server goes on with those it knows: " + given.ids() + ")");
        }
    }

    /** One that has sealed before is not taken again: it may be behind the newer one on another server only. */
    private boolean isNew(List<Known> all) {
        var wanted = given.wanted().id();
        return all.stream().noneMatch(key -> key.id().equals(wanted));
    }

    private boolean turn() {
        table.lock();
        if (!isNew(table.all())) return false;
        var wanted = given.wanted();
        var without = table.without(wanted.id());
        if (without.isEmpty()) {
            table.add(wanted.id(), false, keys.sealRoot(wanted), clock.instant());
            table.keepOlderProgramsAway();
            return true;
        }
        tell("The new master key " + wanted.id() + " waits until every server knows it; it is unknown to "
                + String.join(", ", without));
        return false;
    }

    /** It is heard of all the same: until it is given the key it seals with an older one, and the end has to wait for it. */
    private void shutOut(Known active) {
        table.here(server, ownName(), given.ids(), keys.active());
        tell("Secrets are sealed under the master key " + active.id() + ", which this server was not given (it has "
                + String.join(", ", given.ids()) + "): it is not ready until then");
        shutOut = true;
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
    }

    private void letIn() {
        if (!shutOut) return;
        shutOut = false;
        AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
    }

    /** Each once, until there is something else to tell. */
    private void tell(String line) {
        if (!line.equals(told)) log.warn("{}", line);
        told = line;
    }

    /** Which process of which machine. */
    private static String ownName() {
        return ManagementFactory.getRuntimeMXBean().getName();
    }

    @Override
    public void destroy() {
        if (!begun) return;
        try {
            table.gone(server);
        } catch (DataAccessException away) {
            // Then it is forgotten by its silence.
            log.debug("The database does not hear that this server stops", away);
        }
    }
}
