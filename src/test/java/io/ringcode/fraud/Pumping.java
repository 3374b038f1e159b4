package io.ringcode.fraud;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.fraud.Admission.Admitted;
import io.ringcode.fraud.SendRequest.Cause;
import io.ringcode.fraud.SendRequest.Ownership;
import io.ringcode.fraud.SendRequest.Proof;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.schedule.RecurringTask;
import io.ringcode.tenant.Origin;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Messages that people and programs ask the guard for, without the ceremony around them. */
final class Pumping {
    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final Ringcode server;
    private final TestTenant tenant;

    Pumping(Ringcode server, TestTenant tenant) {
        this.server = server;
        this.tenant = tenant;
    }

    /** With every rule on, in a tenant of its own. */
    static Pumping fresh() {
        var server = Ringcode.shared();
        var pumping = new Pumping(server, server.tenant());
        pumping.rules(FraudRules.DEFAULT);
        return pumping;
    }

    /** The same tenant on another server. */
    Pumping at(Ringcode other) {
        return new Pumping(other, tenant.at(other));
    }

    TestTenant tenant() {
        return tenant;
    }

    Ringcode server() {
        return server;
    }

    void rules(FraudRules rules) {
        server.bean(Tenants.class)
                .set(tenant.id(), FraudRules.NAME, rules, server.clock().instant());
    }

    /** A message that was asked for, and what became of it. */
    record Asked(UUID login, Admission admission) {
        boolean isSent() {
            return admission instanceof Admitted;
        }

        boolean isRefused() {
            return admission instanceof Admission.Denied;
        }
    }

    Asked enrol(String number, @Nullable String address) {
        return ask(
                UUID.randomUUID(),
                "auth0|stranger" + SERIAL.incrementAndGet(),
                number,
                address,
                Ownership.CLAIMED,
                Proof.IMPOSSIBLE,
                Channel.SMS);
    }

    Asked enrol(String number, String address, Proof proof) {
        return ask(
                UUID.randomUUID(),
                "auth0|stranger" + SERIAL.incrementAndGet(),
                number,
                address,
                Ownership.CLAIMED,
                proof,
                Channel.SMS);
    }

    Asked enrolAs(String user, String number, @Nullable String address) {
        return ask(UUID.randomUUID(), user, number, address, Ownership.CLAIMED, Proof.IMPOSSIBLE, Channel.SMS);
    }

    Asked ask(
            UUID login,
            String user,
            String number,
            @Nullable String address,
            Ownership ownership,
            Proof proof,
            Channel channel) {
        var origin = address == null ? null : new Origin(address, true, null, "localhost");
        var cause = ownership == Ownership.CLAIMED ? Cause.ENROLLMENT : Cause.SIGN_IN;
        var request = new SendRequest(
                tenant.id(),
                null,
                new UserId(user),
                null,
                new PhoneNumber(number),
                channel,
                origin,
                cause,
                ownership,
                login,
                proof);
        return new Asked(
                login,
                server.bean(FraudGuard.class).admitAlone(request, server.clock().instant()));
    }

    /** A person who types the code after twenty seconds. */
    Asked person(String number, String address) {
        var asked = enrol(number, address);
        pass(Duration.ofSeconds(20));
        if (asked.isSent()) type(asked);
        return asked;
    }

    void type(Asked asked) {
        server.bean(FraudGuard.class).typed(tenant.id(), asked.login());
    }

    void pass(Duration time) {
        server.clock().advance(time);
    }

    /** Writes what is to be written, and reads what other servers wrote. */
    void exchange() {
        for (var task : server.beans(RecurringTask.class)) if (task.name().startsWith("fraud-")) task.run();
    }
}
