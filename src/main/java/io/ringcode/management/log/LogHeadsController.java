package io.ringcode.management.log;

import io.ringcode.client.Caller;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.log.chain.LogHeads;
import io.ringcode.log.chain.SignedHead;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Page;
import io.ringcode.management.json.Paging;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signed heads of the log's chain, to be kept elsewhere. Ringcode's own. */
@RestController
@RequestMapping("/api/v2/logs/heads")
class LogHeadsController {
    private final LogHeads heads;

    LogHeadsController(LogHeads heads) {
        this.heads = heads;
    }

    /**
     * @param place of the line that it was signed at
     * @param hash of that line, in base64url
     * @param jws the same, signed
     */
    record Shown(
            String tenant,
            long place,
            String hash,
            @Nullable IsoTime signedAt,
            String jws) implements JsonAnswer {
        static Shown of(SignedHead head) {
            return new Shown(
                    head.tenant().value(), head.place(), head.hashText(), IsoTime.of(head.signedAt()), head.jws());
        }

        String step() {
            return Long.toString(place);
        }
    }

    /** A key as a JWK (RFC 8037). */
    record Key(String kty, String crv, String x, String kid, String alg, String use) implements JsonAnswer {}

    /** A set of keys (RFC 7517). */
    record Keys(List<Key> keys) implements JsonAnswer {}

    /** The newest first; {@code from} goes on where a step ended. */
    @GetMapping
    @RequiresScope("read:logs")
    Page<Shown> list(Caller caller, Paging paging) {
        if (paging.start() > 0) throw ManagementRefused.query("page", "Walk this list by \"from\" and \"take\"");
        var before = paging.from() == null ? Long.MAX_VALUE : place(paging.from());
        var found = heads.list(caller.tenant(), before, paging.size() + 1);
        return paging.step("heads", found.stream().map(Shown::of).toList(), Shown::step);
    }

    private static long place(String from) {
        try {
            return Long.parseLong(from);
        } catch (NumberFormatException notOurs) {
            throw ManagementRefused.query("from", "Not the \"next\" of a list");
        }
    }

    /** What the heads of this tenant are checked with. */
    @GetMapping("/keys")
    @RequiresScope("read:logs")
    Keys keys(Caller caller) {
        var key = heads.key(caller.tenant());
        return new Keys(List.of(new Key(key.kty(), key.crv(), key.x(), key.kid(), key.alg(), key.use())));
    }
}
