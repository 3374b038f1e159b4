package io.ringcode.localphone;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What arrived, for programs: tests and examples read their codes here. */
@RestController
@WithLocalPhone
class MessagesController {
    private static final int MOST = 200;
    /** Always three digits of a second, so that texts sort like times. */
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final ReceivedMessages arrivals;
    private final Tenants tenants;

    MessagesController(ReceivedMessages arrivals, Tenants tenants) {
        this.arrivals = arrivals;
        this.tenants = tenants;
    }

    record Message(
            String to,
            String channel,
            String text,
            @Nullable String code,
            String at) {
        static Message of(Arrived arrived) {
            return new Message(
                    arrived.to().e164(),
                    arrived.channel().wire(),
                    arrived.text(),
                    arrived.code(),
                    MILLIS.format(arrived.at()));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Refusal(String error, String errorDescription) {}

    @GetMapping(path = "/dev/phone/messages", produces = APPLICATION_JSON_VALUE)
    ResponseEntity<List<Message>> messages(HttpServletRequest request, @RequestParam @Nullable String to) {
        var number = to == null || to.isEmpty() ? null : new PhoneNumber(to);
        var tenant = tenants.ofHost(request.getServerName());
        var messages = arrivals.newestFirst(tenant, number, MOST).stream()
                .map(Message::of)
                .toList();
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(messages);
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    Refusal refuse(InvalidPhoneNumber no) {
        return new Refusal("invalid_request", "to: " + no.getMessage());
    }
}
