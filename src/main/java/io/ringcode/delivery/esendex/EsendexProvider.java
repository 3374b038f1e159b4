package io.ringcode.delivery.esendex;

import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.CarrierProvider;
import io.ringcode.delivery.carrier.CredentialCheckResult;
import io.ringcode.delivery.carrier.PhoneMessage;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.delivery.carrier.SendResult.Accepted;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.delivery.carrier.SendResult.Unknown;
import io.ringcode.delivery.http.CarrierAnswer;
import io.ringcode.delivery.http.CarrierHttp;
import io.ringcode.delivery.http.Xml;
import io.ringcode.delivery.voice.SpeechMarkup;
import io.ringcode.delivery.voice.Ssml;
import io.ringcode.delivery.voice.Voices;
import io.ringcode.phone.Channel;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Esendex: XML to its message dispatcher, for SMS and calls alike. Refusals have no code of their own, only an HTTP status. */
@Component
class EsendexProvider extends CarrierProvider<EsendexAccount> {
    static final String NAME = EsendexAccount.FORM.carrier();
    private static final int LONGEST_SPEECH = 1500;
    private static final Voices VOICES = Voices.tags("en-GB", "en-AU", "fr-FR", "es-ES", "de-DE");
    private static final SpeechMarkup SENTENCES = () -> ". . ";

    private final CarrierHttp http;
    private final Clock clock;

    EsendexProvider(CarrierAccounts accounts, CarrierHttp http, Clock clock) {
        super(EsendexAccount.FORM, accounts);
        this.http = http;
        this.clock = clock;
    }

    @Override
    public boolean offers(Channel channel) {
        return true;
    }

    @Override
    protected boolean suffices(EsendexAccount account, Channel channel) {
        return true;
    }

    @Override
    protected SendResult send(EsendexAccount account, PhoneMessage message) throws IOException {
        return read(http.post(
                at("/v1.0/messagedispatcher"),
                "application/xml; charset=utf-8",
                headers(account),
                xml(account, message)));
    }

    /** Reads the list of the user's accounts, in which this one must be. */
    @Override
    protected CredentialCheckResult check(EsendexAccount account) throws IOException {
        var answer = http.get(at("/v1.0/accounts"), headers(account));
        if (answer.status() == 403)
            return new CredentialCheckResult.Bad(
                    "this user may not use Esendex's API: ask Esendex, or take another user");
        var known = answer.verdict(
                "Esendex",
                "Esendex does not know this user with this password: check both where you log in to Esendex");
        if (!(known instanceof CredentialCheckResult.Good)) return known;
        var accounts = Xml.read(answer.body()).filter(xml -> xml.name().equals("accounts"));
        if (accounts.isEmpty())
            return new CredentialCheckResult.Unclear("Esendex did not answer with a list of accounts");
        return accounts.get().texts("reference").contains(account.reference())
                ? known
                : new CredentialCheckResult.Bad(
                        "this user has no account " + account.reference() + ": look up its reference");
    }

    private static Map<String, String> headers(EsendexAccount account) {
        var authorization = CarrierHttp.basic(account.user(), account.password());
        return Map.of("Authorization", authorization, "Accept", "application/xml");
    }

    private URI at(String path) {
        return URI.create(http.base(NAME, "https://api.esendex.com") + path);
    }

    private String xml(EsendexAccount account, PhoneMessage message) {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><messages>");
        element(xml, "accountreference", account.reference());
        xml.append("<message>");
        sender(message, "default_from", account.from()).ifPresent(from -> element(xml, "from", from));
        element(xml, "to", message.digits());
        switch (message.channel()) {
            case SMS -> {
                element(xml, "type", "SMS");
                element(xml, "body", message.text());
                // In hours, and an hour is the least: the code in it may be dead by then.
                element(xml, "validity", Long.toString(hours(message)));
                element(xml, "characterset", "Auto");
            }
            case VOICE -> {
                var said = VOICES.choose(message.text(), message.language());
                element(xml, "type", "Voice");
                element(xml, "body", said.speech().twice(SENTENCES, LONGEST_SPEECH));
                element(xml, "lang", said.voice());
            }
        }
        return xml.append("</message></messages>").toString();
    }

    private long hours(PhoneMessage message) {
        return Math.ceilDiv(message.secondsLeft(clock.instant(), 1, 72 * 3600), 3600);
    }

    private static void element(StringBuilder xml, String name, String text) {
        xml.append('<')
                .append(name)
                .append('>')
                .append(Ssml.escaped(text))
                .append("</")
                .append(name)
                .append('>');
    }

    private SendResult read(CarrierAnswer answer) {
        var told = "http_" + answer.status();
        if (answer.isBusy()) return new Unavailable(told, answer.retryAfter(clock.instant()));
        if (answer.isSuccess()) {
            var id = Xml.read(answer.body())
                    .map(xml -> xml.attribute("messageheader", "id"))
                    .orElse("");
            return id.isEmpty() ? new Unknown("no_id") : new Accepted(id);
        }
        return new Refused(
                told,
                switch (answer.status()) {
                    case 401, 402, 403 -> FailureCause.ACCOUNT;
                    case 400, 404, 405 -> FailureCause.REQUEST;
                    default -> FailureCause.VENDOR;
                });
    }
}
