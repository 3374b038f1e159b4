package io.ringcode.delivery.builtin;

import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.carrier.PhoneMessage;
import io.ringcode.delivery.carrier.PhoneProvider;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import org.springframework.stereotype.Component;

/** The provider of a new tenant: sends SMS only, and only by the {@link LocalNetwork}. Its name is Auth0's. */
@Component
class BuiltInProvider implements PhoneProvider {
    private static final String NAME = "auth0";

    private final LocalNetwork network;

    BuiltInProvider(LocalNetwork network) {
        this.network = network;
    }

    @Override
    public String name() {
        return NAME;
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
        if (network.refuses(message.tenant(), message.to()))
            return new SendResult.Refused("refused", FailureCause.NUMBER);
        var id = message.id().toString();
        network.carry(
                new LocalNetwork.Taken(message.tenant(), NAME, id, message.to(), message.channel(), message.text()));
        return new SendResult.Accepted(id);
    }
}
