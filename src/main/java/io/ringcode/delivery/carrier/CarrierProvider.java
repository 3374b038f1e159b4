package io.ringcode.delivery.carrier;

import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.delivery.account.AccountValues;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A provider that works with an account of the tenant's own. A carrier is one subclass in a package of its own, the record
 * that its account is read into, and a contract test; one that reports what became of messages is a
 * {@link ReceiptSource} too.
 *
 * @param <A> the account
 */
public abstract class CarrierProvider<A> implements PhoneProvider {
    private static final Predicate<String> NUMBER =
            Pattern.compile("\\+?\\d{3,15}").asMatchPredicate();

    private final AccountForm<A> form;
    protected final CarrierAccounts accounts;

    protected CarrierProvider(AccountForm<A> form, CarrierAccounts accounts) {
        this.form = form;
        this.accounts = accounts;
    }

    /** Whether a complete account is enough for that channel. */
    protected abstract boolean suffices(A account, Channel channel);

    /** @throws IOException as {@link PhoneProvider#send} */
    protected abstract SendResult send(A account, PhoneMessage message) throws IOException;

    /**
     * Asks the carrier whether the credentials are good, by a request that sends nothing and costs nothing. A carrier that
     * has no such request says {@link CredentialCheckResult.Good}.
     *
     * @throws IOException when the carrier could not be asked: nothing is known then
     */
    protected abstract CredentialCheckResult check(A account) throws IOException;

    /** As {@link #check}, of an account that need not be saved yet; {@link CredentialCheckResult.Good} where it is not complete. */
    final CredentialCheckResult check(AccountValues values) throws IOException {
        var account = form.read(values);
        return account.isPresent() ? check(account.get()) : new CredentialCheckResult.Good();
    }

    /**
     * Who a message is from: whom it asks for, or the account's own.
     *
     * @param field of the account whose rule a sender must keep
     * @param own the account's
     * @return the account's where the message asks for none, or for one that this carrier cannot take; a call needs a
     *     number
     */
    protected final Optional<String> sender(PhoneMessage message, String field, @Nullable String own) {
        return asked(message, field).or(() -> Optional.ofNullable(own));
    }

    /** Whom a message asks to be from, as this carrier writes it; empty as above. */
    protected final Optional<String> asked(PhoneMessage message, String field) {
        var asked = message.from();
        if (asked == null || (message.channel().isSpoken() && !NUMBER.test(asked))) return Optional.empty();
        var rule = form.field(field).orElseThrow().form();
        return Stream.of(asked, asked.replaceFirst("^\\+", "")).filter(rule).findFirst();
    }

    public final AccountForm<A> form() {
        return form;
    }

    @Override
    public final String name() {
        return form.carrier();
    }

    @Override
    public final String title() {
        return form.title();
    }

    @Override
    public final boolean ready(TenantId tenant, Channel channel) {
        return offers(channel)
                && accounts.carries(tenant, name(), channel)
                && accounts.find(tenant, form)
                        .filter(account -> suffices(account, channel))
                        .isPresent();
    }

    @Override
    public final SendResult send(PhoneMessage message) throws IOException {
        var account = accounts.find(message.tenant(), form).orElse(null);
        // The settings may have changed since the message was promised.
        if (account == null || !ready(message.tenant(), message.channel()))
            return new Refused("not_configured", FailureCause.ACCOUNT);
        return send(account, message);
    }
}
