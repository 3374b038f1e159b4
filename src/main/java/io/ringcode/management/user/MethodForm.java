package io.ringcode.management.user;

import io.ringcode.factor.AuthenticatorAdmin.Wanted;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.phone.Channel;
import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An authentication method on the wire. */
final class MethodForm {
    private static final int LONGEST_NAME = 20;
    private static final Pattern SEED = Pattern.compile("[A-Z2-7]{16,128}=*");
    private static final Set<String> KNOWN =
            Set.of("phone", "email", "totp", "webauthn-roaming", "webauthn-platform", "passkey", "push", "guardian");

    private MethodForm() {}

    static Wanted wanted(Body body) {
        body.only("type", "name", "phone_number", "preferred_authentication_method", "email", "totp_secret");
        var name = body.optionalText("name", 1, LONGEST_NAME);
        return switch (body.choice("type", KNOWN)) {
            case "phone" -> {
                var preferred = preferred(body);
                yield new Wanted.Phone(name, number(body), preferred == null ? Channel.SMS : preferred);
            }
            case "totp" -> new Wanted.App(name, body.text("totp_secret", SEED).replace("=", ""));
            case String other -> throw ManagementRefused.body("type", "This server does not offer the factor " + other);
        };
    }

    static @Nullable String name(Body body) {
        return body.optionalText("name", 1, LONGEST_NAME);
    }

    static @Nullable Channel preferred(Body body) {
        var name = "preferred_authentication_method";
        return body.has(name) && !body.isNull(name)
                ? Channel.of(body.choice(name, Set.of("sms", "voice"))).orElseThrow()
                : null;
    }

    private static PhoneNumber number(Body body) {
        try {
            return new PhoneNumber(body.text("phone_number", 2, 60));
        } catch (InvalidPhoneNumber unreadable) {
            throw ManagementRefused.body(
                    "phone_number", unreadable.sentence("Is not a possible phone number in E.164 form"));
        }
    }
}
