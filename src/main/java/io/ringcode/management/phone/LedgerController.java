package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.delivery.MessageState;
import io.ringcode.delivery.ledger.CountedAs;
import io.ringcode.delivery.ledger.Ledger;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Page;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.Selected;
import io.ringcode.phone.Channel;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The message history. Auth0 has no such resource; its conventions are kept: checkpoint paging, masked numbers. */
@RestController
@RequestMapping("/api/v2/guardian/factors/phone/messages")
public class LedgerController {
    private final Ledger ledger;

    LedgerController(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The newest first; {@code from} goes on where a step ended. {@code counted_as} has those that a figure counts. */
    @GetMapping
    @RequiresScope("read:logs")
    public Page<ShownMessage> list(
            Caller caller,
            Paging paging,
            @RequestParam @Nullable String state,
            @RequestParam @Nullable String provider,
            @RequestParam @Nullable String channel,
            @RequestParam(name = "user_id") @Nullable String user,
            @RequestParam @Nullable String since,
            @RequestParam @Nullable String until,
            @RequestParam(name = "counted_as") @Nullable String countedAs) {
        var filter = new Ledger.Filter(
                state(state),
                given(provider),
                channel(channel),
                given(user),
                time("since", since),
                time("until", until),
                countedAs(countedAs));
        var before = paging.from() == null ? null : id(paging.from());
        if (paging.from() != null && before == null)
            throw ManagementRefused.query("from", "Not the \"next\" of a list");
        var entries = ledger.list(caller.tenant(), filter, before, take(paging) + 1);
        return paging.step(
                "messages",
                entries.stream().map(entry -> ShownMessage.of(entry, null)).toList(),
                ShownMessage::id);
    }

    @GetMapping("/{id}")
    @RequiresScope("read:logs")
    public Selected<ShownMessage> read(@PathVariable String id, Caller caller, Paging paging) {
        var wanted = id(id);
        var entry = wanted == null ? null : ledger.find(caller.tenant(), wanted).orElse(null);
        if (entry == null) throw ManagementRefused.missing("inexistent_message", "The message does not exist.");
        var attempts = ledger.attempts(caller.tenant(), entry.id()).stream()
                .map(ShownMessage.Attempt::of)
                .toList();
        return paging.selected(ShownMessage.of(entry, attempts));
    }

    /** By page there is only the first. */
    private static int take(Paging paging) {
        if (paging.start() > 0) throw ManagementRefused.query("page", "Walk this list by \"from\" and \"take\"");
        return paging.size();
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() || text.indexOf('\0') >= 0 ? null : text;
    }

    private static @Nullable String choice(String name, @Nullable String text, List<String> allowed) {
        var given = given(text);
        if (given != null && !allowed.contains(given))
            throw ManagementRefused.query(name, "No enum match, expected one of: " + String.join(", ", allowed));
        return given;
    }

    private static @Nullable MessageState state(@Nullable String text) {
        var wire = choice("state", text, MessageState.WIRES);
        return wire == null ? null : MessageState.of(wire);
    }

    private static @Nullable CountedAs countedAs(@Nullable String text) {
        var wire = choice("counted_as", text, CountedAs.WIRES);
        return wire == null ? null : CountedAs.of(wire).orElseThrow();
    }

    private static @Nullable Channel channel(@Nullable String text) {
        var wire = choice("channel", text, List.of("sms", "voice"));
        return wire == null ? null : Channel.of(wire).orElseThrow();
    }

    private static @Nullable Instant time(String name, @Nullable String text) {
        var given = given(text);
        try {
            return given == null ? null : Instant.parse(given);
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
