package io.ringcode.management.tenant;

import io.ringcode.client.Caller;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Whole;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.template.CustomTexts;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A tenant's own wording of the sign-in's pages: screen to key to text, by prompt and language. */
@RestController
@RequestMapping("/api/v2/prompts/{prompt}/custom-text/{language}")
public class CustomTextController {
    public static final int LONGEST_TEXT = 5_000;
    private static final Pattern LANGUAGE = Pattern.compile(Formats.LANGUAGE);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Set<String> PROMPTS = Set.of(
            "brute-force-protection",
            "captcha",
            "common",
            "consent",
            "custom-form",
            "customized-consent",
            "device-flow",
            "email-identifier-challenge",
            "email-otp-challenge",
            "email-verification",
            "invitation",
            "login",
            "login-email-verification",
            "login-id",
            "login-password",
            "login-passwordless",
            "logout",
            "mfa",
            "mfa-email",
            "mfa-otp",
            "mfa-phone",
            "mfa-push",
            "mfa-recovery-code",
            "mfa-sms",
            "mfa-voice",
            "mfa-webauthn",
            "organizations",
            "passkeys",
            "phone-identifier-challenge",
            "phone-identifier-enrollment",
            "reset-password",
            "signup",
            "signup-id",
            "signup-password",
            "status");

    /** By screen and key. */
    public record Texts(@Whole @Length(max = LONGEST_TEXT) Map<String, Map<String, String>> screens)
            implements JsonBody {
        public Texts {
            known(screens.keySet());
            screens.values().forEach(texts -> known(texts.keySet()));
        }

        private static void known(Set<String> names) {
            if (!names.stream().allMatch(name -> NAME.matcher(name).matches()))
                throw InvalidBody.on("(unprintable)", "There is no such text");
        }
    }

    private final CustomTexts texts;
    private final Changes changes;
    private final Clock clock;

    CustomTextController(CustomTexts texts, Changes changes, Clock clock) {
        this.texts = texts;
        this.changes = changes;
        this.clock = clock;
    }

    /** An empty object where nothing was worded anew. */
    @GetMapping
    @RequiresScope("read:prompts")
    public Map<String, Map<String, String>> get(
            @PathVariable String prompt, @PathVariable String language, Caller caller) {
        check(prompt, language);
        return texts.get(caller.tenant(), prompt, language);
    }

    /** Replaces the texts of the prompt in this language; an empty object takes them all back. */
    @PutMapping
    @RequiresScope("update:prompts")
    public Map<String, Map<String, String>> set(
            @PathVariable String prompt, @PathVariable String language, Caller caller, Texts wanted) {
        check(prompt, language);
        return changes.make(caller, "Update custom texts", prompt + "/" + language, wanted, () -> {
            texts.set(caller.tenant(), prompt, language, wanted.screens(), clock.instant());
            return wanted.screens();
        });
    }

    private static void check(String prompt, String language) {
        if (!PROMPTS.contains(prompt)) throw ManagementRefused.path("No enum match on property prompt");
        if (!LANGUAGE.matcher(language).matches()) throw ManagementRefused.path("No enum match on property language");
    }
}
