package io.ringcode.delivery.builtin;

import io.ringcode.delivery.carrier.PhoneMessage;
import io.ringcode.delivery.carrier.PhoneProvider;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** The provider of a new tenant: sends SMS only, and only to the {@link Inbox}. Its name is Auth0's. */
@Component
class BuiltInProvider implements PhoneProvider {
    private final Inbox inbox;
    private final Clock clock;

    BuiltInProvider(Inbox inbox, Clock clock) {
        this.inbox = inbox;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "auth0";
    }

    @Override
    public String title() {
        return "Built-in";
    }

    @Override
    public boolean offers(Channel channel) {
        return channel == Channel.SMS;
    }

    @Override
    public boolean ready(TenantId tenant, Channel channel) {
        return offers(channel);
    }

    @Override
    public boolean evaluationOnly() {
        return true;
    }

    @Override
    public SendResult send(PhoneMessage message) {
        inbox.put(message.tenant(), message.to(), message.channel(), message.text(), clock.instant());
        return new SendResult.Accepted(message.id().toString());
    }
}
