package io.ringcode.management.tenant;

import io.ringcode.client.Caller;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.StoredSchema;
import io.ringcode.template.CustomTexts;
import java.time.Clock;
import java.util.LinkedHashMap;
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
class CustomTextController {
    private static final int LONGEST_TEXT = 5_000;
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
    Map<String, Map<String, String>> get(@PathVariable String prompt, @PathVariable String language, Caller caller) {
        check(prompt, language);
        return texts.get(caller.tenant(), prompt, language);
    }

    /** Replaces the texts of the prompt in this language; an empty object takes them all back. */
    @PutMapping
    @RequiresScope("update:prompts")
    Map<String, Map<String, String>> set(
            @PathVariable String prompt, @PathVariable String language, Caller caller, Body body) {
        check(prompt, language);
        var wanted = new LinkedHashMap<String, Map<String, String>>();
        for (var screen : names(body)) {
            var wording = new LinkedHashMap<String, String>();
            var keys = body.object(screen);
            for (var key : names(keys)) wording.put(key, keys.text(key, 0, LONGEST_TEXT));
            wanted.put(screen, wording);
        }
        return changes.make(caller, "Update custom texts", prompt + "/" + language, body, () -> {
            texts.set(caller.tenant(), prompt, language, wanted, clock.instant());
            return wanted;
        });
    }

    private static Set<String> names(Body body) {
        for (var name : body.anyObject().names())
            if (!NAME.matcher(name).matches()) throw ManagementRefused.body("(unprintable)", "There is no such text");
        return body.names();
    }

    private static void check(String prompt, String language) {
        if (!PROMPTS.contains(prompt)) throw ManagementRefused.path("No enum match on property prompt");
        if (!StoredSchema.LANGUAGE.matcher(language).matches())
            throw ManagementRefused.path("No enum match on property language");
    }
}
