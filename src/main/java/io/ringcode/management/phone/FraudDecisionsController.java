package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.delivery.ledger.Ledger;
import io.ringcode.delivery.ledger.Ledger.SentFor;
import io.ringcode.fraud.FraudDecision;
import io.ringcode.fraud.FraudDecisions;
import io.ringcode.fraud.FraudRule;
import io.ringcode.fraud.RuleMode;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Page;
import io.ringcode.management.json.Paging;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the rules against SMS pumping said of messages, wherever it was not a plain yes. Ringcode's own. */
@RestController
@RequestMapping("/api/v2/guardian/factors/phone/fraud/decisions")
public class FraudDecisionsController {
    private final FraudDecisions decisions;
    private final Ledger ledger;

    FraudDecisionsController(FraudDecisions decisions, Ledger ledger) {
        this.decisions = decisions;
        this.ledger = ledger;
    }

    /**
     * @param rule that spoke
     * @param value codes that were not typed, beyond what is usual
     * @param answer what the rule said: allow, challenge or refuse
     * @param decision what was done in the end, by this rule or another
     * @param count how many messages it stands for; during an attack most are only counted
     * @param messageId in the message history; null where nothing was sent, or for several
     * @param price of one message
     */
    public record ShownDecision(
            String id,
            IsoTime at,
            FraudRule rule,
            String scope,
            String scopeKey,
            BigDecimal value,
            BigDecimal threshold,
            @Nullable IsoTime until,
            RuleMode mode,
            String answer,
            String decision,
            int count,
            @Nullable String country,
            @Nullable String channel,
            @Nullable String userId,
            @Nullable String messageId,
            @Nullable BigDecimal price,
            @Nullable String currency)
            implements JsonAnswer {
        private static ShownDecision of(FraudDecision one, Map<UUID, UUID> messages) {
            var message = messages.get(one.id());
            var price = one.price();
            return new ShownDecision(
                    one.id().toString(),
                    new IsoTime(one.at()),
                    one.rule(),
                    one.scope(),
                    one.scopeKey(),
                    tenths(one.value()),
                    tenths(one.threshold()),
                    IsoTime.of(one.until()),
                    one.mode(),
                    word(one.answer()),
                    word(one.done()),
                    one.count(),
                    one.country(),
                    one.channel(),
                    one.user(),
                    message == null ? null : message.toString(),
                    price == null ? null : FraudRulesController.plain(price),
                    one.currency());
        }
    }

    /** The newest first; {@code from} goes on where a step ended. Of a message, those that led to it. */
    @GetMapping
    @RequiresScope("read:attack_protection")
    public Page<ShownDecision> list(
            Caller caller,
            Paging paging,
            @RequestParam @Nullable String rule,
            @RequestParam(name = "scope_key") @Nullable String scopeKey,
            @RequestParam @Nullable String since,
            @RequestParam(name = "message_id") @Nullable String messageId) {
        if (paging.start() > 0) throw ManagementRefused.query("page", "Walk this list by \"from\" and \"take\"");
        var message = given(messageId);
        if (message != null) return ofMessage(caller, paging, message);
        var before = paging.from() == null ? null : id("from", paging.from());
        var filter = new FraudDecisions.Filter(before, rule(given(rule)), given(scopeKey), time(given(since)));
        return shown(caller, paging, decisions.list(caller.tenant(), filter, paging.size() + 1));
    }

    private Page<ShownDecision> ofMessage(Caller caller, Paging paging, String message) {
        var sent = ledger.sentFor(caller.tenant(), id("message_id", message)).orElse(null);
        var all = sent == null
                ? List.<FraudDecision>of()
                : decisions.ofMessage(caller.tenant(), sent.login(), sent.at()).stream()
                        .filter(one -> one.done() == FraudDecision.Answer.ALLOW)
                        .toList();
        return shown(caller, paging, all);
    }

    private Page<ShownDecision> shown(Caller caller, Paging paging, List<FraudDecision> all) {
        var asked = all.stream()
                .filter(one -> one.done() == FraudDecision.Answer.ALLOW && one.login() != null && one.user() != null)
                .map(one -> new SentFor(one.id(), login(one), String.valueOf(one.user()), one.at()))
                .toList();
        var messages = ledger.messagesOf(caller.tenant(), asked);
        return paging.step(
                "decisions",
                all.stream().map(one -> ShownDecision.of(one, messages)).toList(),
                ShownDecision::id);
    }

    private static UUID login(FraudDecision one) {
        var login = one.login();
        if (login == null) throw new IllegalStateException("Only those of one sign-in are asked for");
        return login;
    }

    private static String word(FraudDecision.Answer answer) {
        return answer.name().toLowerCase(Locale.ROOT);
    }

    private static BigDecimal tenths(double value) {
        return BigDecimal.valueOf(Math.round(value * 10), 1);
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static @Nullable FraudRule rule(@Nullable String wire) {
        if (wire == null) return null;
        return Arrays.stream(FraudRule.values())
                .filter(rule -> rule.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> ManagementRefused.query(
                        "rule",
                        "No enum match, expected one of: "
                                + Arrays.stream(FraudRule.values())
                                        .map(FraudRule::wire)
                                        .collect(Collectors.joining(", "))));
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException unreadable) {
            throw ManagementRefused.query("since", "Expected a time such as 2026-01-02T03:04:05Z");
        }
    }

    private static UUID id(String parameter, String text) {
        try {
            if (text.length() == 36) return UUID.fromString(text);
        } catch (IllegalArgumentException none) {
            // Told below.
        }
        throw ManagementRefused.query(parameter, "Expected an id of such a list");
    }
}
