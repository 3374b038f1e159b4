package io.ringcode.management.tenant;

import io.ringcode.client.Caller;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.notice.NoticeKind;
import io.ringcode.notice.NoticeSettings;
import io.ringcode.tenant.Tenants;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which events account owners are not told of. Auth0 has no such setting. */
@RestController
@RequestMapping("/api/v2/guardian/notices")
public class NoticesController {
    private final Tenants tenants;
    private final Changes changes;

    NoticesController(Tenants tenants, Changes changes) {
        this.tenants = tenants;
        this.changes = changes;
    }

    /** @param off kinds of events that nobody is told of, such as {@code factor-changed} */
    public record Kinds(
            @Items(max = 20, unique = true) @Length(max = 40)
            List<String> off) implements JsonBody, JsonAnswer {}

    @GetMapping
    @RequiresScope("read:guardian_factors")
    public Kinds notices(Caller caller) {
        return new Kinds(NoticeSettings.of(tenants.settings(caller.tenant())).off());
    }

    @PutMapping
    @RequiresScope("update:guardian_factors")
    public Kinds set(Caller caller, Kinds wanted) {
        for (var kind : wanted.off())
            if (NoticeKind.of(kind).isEmpty()) throw InvalidBody.on("off", "There is no kind " + kind);
        changes.set(caller, NoticeSettings.SETTING, new NoticeSettings(wanted.off()));
        return wanted;
    }
}
