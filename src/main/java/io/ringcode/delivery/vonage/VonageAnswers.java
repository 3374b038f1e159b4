package io.ringcode.delivery.vonage;

import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.delivery.carrier.SendResult.Accepted;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.delivery.carrier.SendResult.Unknown;
import io.ringcode.delivery.http.CarrierAnswer;
import java.time.Clock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Maps the responses of Vonage's APIs to send results. */
final class VonageAnswers {
    private final ObjectMapper json;
    private final Clock clock;

    VonageAnswers(ObjectMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /** The SMS API answers 200 whatever happens, once for each part of a long text. */
    SendResult sms(CarrierAnswer answer) {
        if (!answer.isSuccess()) return refused(answer, 0);
        var parts = answer.json(json).path("messages");
        if (parts.isEmpty()) return new Unknown("no_status");
        for (var part : parts) {
            var told = part.path("status").asString("");
            if (!told.matches("\\d{1,4}")) return new Unknown("no_status");
            var status = Integer.parseInt(told);
            if (VonageCodes.isSmsBusy(status)) return new Unavailable(told, answer.retryAfter(clock.instant()));
            if (status != 0) return new Refused(told, VonageCodes.ofSms(status));
        }
        return accepted(parts.path(0).path("message-id"));
    }

    SendResult message(CarrierAnswer answer) {
        var body = answer.json(json);
        return answer.isSuccess() ? accepted(body.path("message_uuid")) : refused(answer, code(body));
    }

    SendResult call(CarrierAnswer answer) {
        return answer.isSuccess() ? accepted(answer.json(json).path("uuid")) : refused(answer, 0);
    }

    private static SendResult accepted(JsonNode id) {
        var text = id.asString("");
        return text.isEmpty() ? new Unknown("no_id") : new Accepted(text);
    }

    private SendResult refused(CarrierAnswer answer, int code) {
        var told = code == 0 ? "http_" + answer.status() : Integer.toString(code);
        if (answer.isBusy() || VonageCodes.isMessagesBusy(code))
            return new Unavailable(told, answer.retryAfter(clock.instant()));
        if (answer.status() == 401 || answer.status() == 402) return new Refused(told, FailureCause.ACCOUNT);
        return new Refused(
                told, code == 0 && answer.status() == 400 ? FailureCause.REQUEST : VonageCodes.ofMessages(code));
    }

    /** The number at the end of an error's type, {@code …/api-errors/messages#1120}; 0 where there is none. */
    static int code(JsonNode error) {
        var type = error.path("type").asString("");
        var number = type.substring(type.lastIndexOf('#') + 1);
        return number.matches("\\d{1,6}") ? Integer.parseInt(number) : 0;
    }
}
