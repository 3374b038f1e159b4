package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.MessageState;
import io.ringcode.delivery.ledger.Ledger;
import io.ringcode.delivery.ledger.LedgerEntry;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.phone.Channel;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The message history. Auth0 has no such resource; its conventions are kept: checkpoint paging, masked numbers. */
@RestController
@RequestMapping("/api/v2/guardian/factors/phone/messages")
class LedgerController {
    private final Ledger ledger;

    LedgerController(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The newest first; {@code from} goes on where a step ended. */
    @GetMapping
    @RequiresScope("read:logs")
    Object list(Caller caller, Paging paging, HttpServletRequest request) {
        var filter = new Ledger.Filter(
                state(request),
                text(request, "provider"),
                channel(request),
                text(request, "user_id"),
                time(request, "since"),
                time(request, "until"));
        var before = paging.from() == null ? null : id(paging.from());
        if (paging.from() != null && before == null)
            throw ManagementRefused.query("from", "Not the \"next\" of a list");
        var entries = ledger.list(caller.tenant(), filter, before, take(paging) + 1);
        return paging.step(
                "messages",
                entries.stream().map(entry -> shown(entry).members()).toList(),
                item -> String.valueOf(item.get("id")));
    }

    @GetMapping("/{id}")
    @RequiresScope("read:logs")
    Map<String, Object> read(@PathVariable String id, Caller caller, Paging paging) {
        var wanted = id(id);
        var entry = wanted == null ? null : ledger.find(caller.tenant(), wanted).orElse(null);
        if (entry == null) throw ManagementRefused.missing("inexistent_message", "The message does not exist.");
        var attempts = ledger.attempts(caller.tenant(), entry.id()).stream()
                .map(LedgerController::shown)
                .toList();
        return paging.select(shown(entry).put("attempts", attempts).members());
    }

    /** By page there is only the first. */
    private static int take(Paging paging) {
        if (paging.start() > 0) throw ManagementRefused.query("page", "Walk this list by \"from\" and \"take\"");
        return paging.size();
    }

    private static ResponseObject shown(LedgerEntry entry) {
        return new ResponseObject()
                .put("id", entry.id().toString())
                .put("state", entry.state().wire())
                .put("channel", entry.channel().wire())
                .put("provider", entry.provider())
                .put("user_id", entry.user())
                .put("client_id", entry.client())
                .put("authenticator_id", entry.enrollment())
                .put("country", entry.country())
                .put("language", entry.language())
                .put("phone_number", entry.to())
                .put("created_at", entry.createdAt())
                .put("expires_at", entry.expiresAt())
                .put("replaces", text(entry.replaces()))
                .put("replaced_by", text(entry.replacedBy()))
                .put(
                        "replaced_because",
                        entry.replacedWhy() == null ? null : entry.replacedWhy().wire())
                .put("verified_at", entry.verifiedAt());
    }

    private static Map<String, Object> shown(LedgerEntry.Attempt attempt) {
        return new ResponseObject()
                .put("number", attempt.number())
                .put("provider", attempt.provider())
                .put("passed_over", passedOver(attempt))
                .put("result", attempt.result().wire())
                .put("code", attempt.code())
                .put("message", attempt.said())
                .put(
                        "fault",
                        attempt.fault() == null ? null : attempt.fault().name().toLowerCase(Locale.ROOT))
                .put("advice", attempt.fault() == null ? null : advice(attempt.fault()))
                .put("vendor_id", attempt.vendorId())
                .put("latency_ms", attempt.latencyMs())
                .put("at", attempt.at())
                .put(
                        "receipts",
                        attempt.receipts().stream().map(LedgerController::shown).toList())
                .members();
    }

    private static List<Map<String, String>> passedOver(LedgerEntry.Attempt attempt) {
        return attempt.passedOver().stream()
                .map(one -> Map.of("provider", one.provider(), "reason", one.reason()))
                .toList();
    }

    private static Map<String, Object> shown(LedgerEntry.ReceiptEntry told) {
        return new ResponseObject()
                .put("state", told.state())
                .put("code", told.code())
                .put("price", told.price())
                .put("currency", told.currency())
                .put("signed", told.signed())
                .put("received_at", told.receivedAt())
                .members();
    }

    static String advice(FailureCause fault) {
        return switch (fault) {
            case NUMBER -> "This number cannot take it. The person should enrol another one.";
            case OPT_OUT -> "The recipient has asked this sender to stop. Only the recipient can undo that.";
            case VENDOR ->
                "This carrier will not carry it. Look the code up: country, sender or content; or add another carrier.";
            case ACCOUNT -> "Look at the account with this carrier: credentials, credit, suspension, trial limits.";
            case REQUEST -> "The request was wrong. Look the code up; a shorter text or another sender may help.";
        };
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    private static @Nullable String text(HttpServletRequest request, String name) {
        var text = request.getParameter(name);
        return text == null || text.isEmpty() || text.indexOf('\0') >= 0 ? null : text;
    }

    private static @Nullable String choice(HttpServletRequest request, String name, List<String> allowed) {
        var text = text(request, name);
        if (text != null && !allowed.contains(text))
            throw ManagementRefused.query(name, "No enum match, expected one of: " + String.join(", ", allowed));
        return text;
    }

    private static @Nullable MessageState state(HttpServletRequest request) {
        var wire = choice(request, "state", MessageState.WIRES);
        return wire == null ? null : MessageState.of(wire);
    }

    private static @Nullable Channel channel(HttpServletRequest request) {
        var wire = choice(request, "channel", List.of("sms", "voice"));
        return wire == null ? null : Channel.of(wire).orElseThrow();
    }

    private static @Nullable Instant time(HttpServletRequest request, String name) {
        var text = text(request, name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException unreadable) {
            throw ManagementRefused.query(name, "Expected a time such as 2026-01-02T03:04:05Z");
        }
    }

    private static @Nullable UUID id(String text) {
        try {
            return text.length() == 36 ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException none) {
            return null;
        }
    }
}
