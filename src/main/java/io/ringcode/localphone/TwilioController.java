package io.ringcode.localphone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.delivery.builtin.LocalNetwork;
import io.ringcode.phone.Channel;
import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Answers as Twilio's API does, and the local phone rings: a Twilio account's settings and calls can be tried offline. */
@RestController
@WithLocalPhone
class TwilioController {
    /** Twilio's own magic number, for trying what a refusal looks like. */
    private static final String REFUSED = "+15005550001";

    private static final String CARRIER = "twilio";
    private static final String ACCOUNT = "/dev/carriers/twilio/2010-04-01/Accounts/{account}";
    private static final int LONGEST_BODY = 1_600;
    private static final int LONGEST_TWIML = 4_000;

    private final LocalNetwork network;
    private final Tenants tenants;

    TwilioController(LocalNetwork network, Tenants tenants) {
        this.network = network;
        this.tenants = tenants;
    }

    @GetMapping(ACCOUNT + ".json")
    ResponseEntity<Map<String, @Nullable Object>> account(
            @PathVariable String account,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization) {
        if (!isOf(account, authorization)) return no(401, 20003, "Authenticate");
        return ResponseEntity.ok(Map.of("sid", account, "status", "active", "type", "Trial"));
    }

    @PostMapping(ACCOUNT + "/Messages.json")
    ResponseEntity<Map<String, @Nullable Object>> message(
            HttpServletRequest request,
            @PathVariable String account,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @RequestParam Map<String, String> form) {
        if (!isOf(account, authorization)) return no(401, 20003, "Authenticate");
        var to = form.getOrDefault("To", "");
        var body = form.getOrDefault("Body", "");
        if (to.isBlank()) return no(400, 21604, "A 'To' phone number is required.");
        if (to.equals(REFUSED)) return no(400, 21211, "Invalid 'To' Phone Number: " + to);
        if (!form.containsKey("From") && !form.containsKey("MessagingServiceSid"))
            return no(400, 21603, "A 'From' phone number is required.");
        if (body.isBlank()) return no(400, 21602, "Message body is required.");
        if (body.length() > LONGEST_BODY)
            return no(400, 21617, "The concatenated message body exceeds the 1600 character limit.");
        try {
            var number = new PhoneNumber(to);
            var tenant = tenant(request);
            if (network.refuses(tenant, number)) return no(400, 21211, "Invalid 'To' Phone Number: " + to);
            var sid = sid("SM");
            network.carry(new LocalNetwork.Taken(tenant, CARRIER, sid, number, Channel.SMS, body));
            return created(sid, account, number, Map.of("body", body, "num_segments", "1"));
        } catch (InvalidPhoneNumber _) {
            return no(400, 21211, "Invalid 'To' Phone Number: " + to);
        }
    }

    @PostMapping(ACCOUNT + "/Calls.json")
    ResponseEntity<Map<String, @Nullable Object>> call(
            HttpServletRequest request,
            @PathVariable String account,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @RequestParam Map<String, String> form) {
        if (!isOf(account, authorization)) return no(401, 20003, "Authenticate");
        var to = form.getOrDefault("To", "");
        var twiml = form.getOrDefault("Twiml", "");
        if (to.isBlank()) return no(400, 21201, "No 'To' number is specified");
        if (to.equals(REFUSED)) return no(400, 21217, "Phone number " + to + " is invalid");
        if (!form.containsKey("From")) return no(400, 21213, "No 'From' number is specified");
        if (twiml.isBlank()) return no(400, 21205, "Url parameter is required.");
        if (twiml.length() > LONGEST_TWIML) return no(400, 21218, "Invalid ApplicationSid or Twiml");
        try {
            var number = new PhoneNumber(to);
            var tenant = tenant(request);
            var said = Transcript.of(twiml);
            if (network.refuses(tenant, number)) return no(400, 21217, "Phone number " + to + " is invalid");
            var sid = sid("CA");
            network.carry(new LocalNetwork.Taken(tenant, CARRIER, sid, number, Channel.VOICE, said));
            return created(sid, account, number, Map.of("direction", "outbound-api"));
        } catch (InvalidPhoneNumber _) {
            return no(400, 21211, "Invalid 'To' Phone Number: " + to);
        } catch (Transcript.NotTwiml _) {
            return no(400, 12100, "Document parse failure");
        }
    }

    private TenantId tenant(HttpServletRequest request) {
        return tenants.ofHost(request.getServerName());
    }

    private static String sid(String prefix) {
        var uuid = UUID.randomUUID();
        return prefix
                + HexFormat.of().toHexDigits(uuid.getMostSignificantBits())
                + HexFormat.of().toHexDigits(uuid.getLeastSignificantBits());
    }

    /** Any token will do, as long as it comes with the account that the address names. */
    private static boolean isOf(String account, @Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("Basic ")) return false;
        try {
            var pair = new String(Base64.getDecoder().decode(authorization.substring(6)), UTF_8);
            return pair.startsWith(account + ":") && pair.length() > account.length() + 1;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static ResponseEntity<Map<String, @Nullable Object>> created(
            String sid, String account, PhoneNumber to, Map<String, String> more) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("sid", sid);
        body.put("account_sid", account);
        body.put("to", to.e164());
        body.put("status", "queued");
        body.put("error_code", null);
        body.put("error_message", null);
        body.putAll(more);
        return ResponseEntity.status(201).body(body);
    }

    private static ResponseEntity<Map<String, @Nullable Object>> no(int status, int code, String message) {
        return ResponseEntity.status(status)
                .body(Map.of(
                        "code",
                        code,
                        "message",
                        message,
                        "more_info",
                        "https://www.twilio.com/docs/errors/" + code,
                        "status",
                        status));
    }
}
