package io.ringcode.dbconnections;

import io.ringcode.authorization.Fields;
import io.ringcode.authorization.OAuthError;
import io.ringcode.authorization.OAuthRefused;
import io.ringcode.client.Caller;
import io.ringcode.client.Connections;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.LoginGuard;
import io.ringcode.login.LoginEvent.SignUpRefused;
import io.ringcode.login.LoginEvent.SignedUp;
import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.text.StorableText;
import io.ringcode.text.Typed;
import io.ringcode.user.AdminUserData;
import io.ringcode.user.Directory;
import io.ringcode.user.EmailAddress;
import io.ringcode.user.NewPassword;
import io.ringcode.user.NewUser;
import io.ringcode.user.Passwords;
import io.ringcode.user.Profile;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** New users by their own wish, from an application's own page. */
@Component
class SignUps {
    private static final List<String> DETAILS = List.of("given_name", "family_name", "nickname", "picture");
    private static final String USERNAME = "[\\p{L}\\p{N}_.+!#$'^`~@-]{1,128}";
    private static final int LONGEST_DETAIL = 300;
    private static final int MOST_METADATA = 10;
    private static final int LONGEST_KEY = 100;
    private static final int LONGEST_VALUE = 500;

    private final Connections connections;
    private final Directory users;
    private final Passwords passwords;
    private final LoginGuard guard;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    SignUps(
            Connections connections,
            Directory users,
            Passwords passwords,
            LoginGuard guard,
            Clock clock,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.connections = connections;
        this.users = users;
        this.passwords = passwords;
        this.guard = guard;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.events = events;
    }

    /**
     * @return the user, as the application is told of it
     * @throws InvalidSignUp where there is such a user, or what was sent does not fit
     */
    Map<String, Object> signUp(Caller caller, String connection, Fields fields) {
        var tenant = caller.tenant();
        var data = data(fields);
        var login = data.email() != null ? data.email() : data.username();
        if (login == null
                || !connections.offersSignUp(tenant, connection, caller.client().id())) throw InvalidSignUp.invalid();
        var password = fields.required("password");
        requireGood(password, login);
        // That a name is taken cannot be hidden from who tries to sign up with it, so trying is limited as guessing is.
        if (guard.admit(tenant, login, caller.origin(), clock.instant()) instanceof Denied denied)
            throw new OAuthRefused(OAuthError.TOO_MANY_LOGINS, denied.retryAfter());
        var user = new NewUser(connection, null, passwords.hash(password), data);
        var made = transaction.execute(_ -> {
            var created = users.create(tenant, user, clock.instant());
            created.ifPresent(one -> events.publishEvent(new SignedUp(caller, one.id())));
            return created.orElse(null);
        });
        if (made == null) {
            events.publishEvent(new SignUpRefused(caller, "The user already exists."));
            throw InvalidSignUp.invalid();
        }
        return shown(made);
    }

    private static void requireGood(String password, String login) {
        switch (NewPassword.refusal(password)) {
            case TOO_SHORT, TOO_LONG -> throw InvalidSignUp.weak();
            case COMMON -> throw InvalidSignUp.common();
            case null -> {
                if (password.equalsIgnoreCase(login)) throw InvalidSignUp.userData();
            }
        }
    }

    private static AdminUserData data(Fields fields) {
        var email = typed(fields, "email");
        if (email != null) email = email.toLowerCase(Locale.ROOT);
        var username = typed(fields, "username");
        if ((email != null && !EmailAddress.is(email)) || (username != null && !username.matches(USERNAME)))
            throw InvalidSignUp.invalid();
        var details = new LinkedHashMap<String, String>();
        for (var name : DETAILS) {
            var value = detail(fields, name, name.equals("picture") ? AdminUserData.LONGEST_PICTURE : LONGEST_DETAIL);
            if (value != null) details.put(name, value);
        }
        return new AdminUserData(
                email,
                false,
                phone(fields.text("phone_number")),
                false,
                username,
                detail(fields, "name", LONGEST_DETAIL),
                false,
                details,
                metadata(fields.value("user_metadata")),
                Map.of());
    }

    private static @Nullable String typed(Fields fields, String name) {
        var text = fields.text(name);
        return text == null ? null : new Typed(text).name();
    }

    private static @Nullable String detail(Fields fields, String name, int most) {
        var text = fields.text(name);
        if (text != null && text.length() > most) throw InvalidSignUp.invalid();
        return text;
    }

    private static @Nullable PhoneNumber phone(@Nullable String text) {
        try {
            return text == null ? null : new PhoneNumber(text);
        } catch (InvalidPhoneNumber unreadable) {
            throw InvalidSignUp.invalid();
        }
    }

    private static Map<String, JsonNode> metadata(@Nullable JsonNode sent) {
        if (sent == null || sent.isNull()) return Map.of();
        var kept = new LinkedHashMap<String, JsonNode>();
        sent.properties().forEach(member -> kept.put(member.getKey(), member.getValue()));
        var fits = sent.isObject()
                && kept.size() <= MOST_METADATA
                && kept.entrySet().stream()
                        .allMatch(member -> member.getKey().length() <= LONGEST_KEY
                                && StorableText.is(member.getKey())
                                && member.getValue().isString()
                                && StorableText.is(member.getValue().stringValue())
                                && member.getValue().stringValue().length() <= LONGEST_VALUE);
        if (!fits) throw InvalidSignUp.invalid();
        return kept;
    }

    private static Map<String, Object> shown(Profile made) {
        var user = made.user();
        var shown = new LinkedHashMap<String, Object>();
        shown.put("_id", user.id().value().substring("auth0|".length()));
        if (user.email() != null) {
            shown.put("email", user.email());
            shown.put("email_verified", false);
        }
        if (user.username() != null) shown.put("username", user.username());
        var phone = made.phone();
        if (phone != null) {
            shown.put("phone_number", phone.e164());
            shown.put("phone_verified", false);
        }
        if (user.name() != null) shown.put("name", user.name());
        shown.putAll(user.details());
        if (!made.userMetadata().isEmpty()) shown.put("user_metadata", made.userMetadata());
        return shown;
    }
}
