package io.ringcode.login.page;

import io.ringcode.login.page.EndScreen.EnrollOutcome;
import io.ringcode.login.page.EndScreen.Trouble;
import io.ringcode.login.page.PhoneScreen.Country;
import io.ringcode.login.page.PhoneScreen.MessageState;
import io.ringcode.login.page.Screen.Factor;
import io.ringcode.phone.Channel;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What templates ask: a page's texts, and how its parts are written. */
public final class View {
    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "he");

    private final Frame frame;
    private final Screen screen;
    private final PageTexts texts;

    View(Frame frame, Screen screen, PageTexts texts) {
        this.frame = frame;
        this.screen = screen;
        this.texts = texts;
    }

    public Frame frame() {
        return frame;
    }

    public Screen screen() {
        return screen;
    }

    /** Where the page goes by itself; null where it stays. */
    public @Nullable String onward() {
        return screen instanceof EndScreen.Onward(var address) ? address : null;
    }

    public String languageTag() {
        return frame.language().toLanguageTag();
    }

    public String direction() {
        return RIGHT_TO_LEFT.contains(frame.language().getLanguage()) ? "rtl" : "ltr";
    }

    /** The page's title; what is wrong comes first, because it is read out first. */
    public String title() {
        var title = t(titleKey()) + " | " + frame.companyName();
        return screen.problems().isEmpty() ? title : t("errorSummary") + " " + title;
    }

    /** What the page's heading says. */
    private String titleKey() {
        return switch (screen) {
            case Screen.EnrollOptions(var _, var skippable, var _) when skippable -> "recoveredTitle";
            case PhoneScreen.CodeChallenge code when code.over() -> "overTitle";
            case WebAuthnScreen.KeyNotAvailable _ -> "errorTitle";
            case EndScreen.EnrollResult(var outcome) -> outcomeKey(outcome) + "Title";
            case EndScreen.ResetResult(var outcome) -> outcomeKey(outcome) + "Title";
            case EndScreen.NotMe(var denial, var _) -> denialKey(denial) + "Title";
            case EndScreen.Failure(var trouble, var _) -> troubleKey(trouble) + "Title";
            default -> "title";
        };
    }

    /** @param values names and values by turns, for what stands in braces */
    public String t(String key, Object... values) {
        var text = texts.of(frame.tenant(), frame.language(), screen.prompt(), screen.name(), key)
                .replace("${companyName}", frame.companyName())
                .replace("${clientName}", frame.clientName() == null ? frame.companyName() : frame.clientName())
                .replace("${appName}", frame.clientName() == null ? frame.companyName() : frame.clientName());
        for (int i = 0; i < values.length; i += 2)
            text = text.replace("{" + values[i] + "}", String.valueOf(values[i + 1]));
        return text;
    }

    public String sentence(Problem problem) {
        var values = new ArrayList<Object>();
        problem.values().forEach((name, value) -> values.addAll(List.of(name, value)));
        var minutes = problem.values().get("minutes");
        if (minutes != null) values.addAll(List.of("wait", time(Duration.ofMinutes(Long.parseLong(minutes)))));
        var left = problem.values().get("left");
        if (left != null)
            values.addAll(List.of("attempts", counted(new TimeSpan.Counted("attemptsLeft", Long.parseLong(left)))));
        var sentence = t(problem.key(), values.toArray());
        return screen instanceof PhoneScreen.CodeChallenge code
                ? sentence.replace("{length}", String.valueOf(code.length()))
                : sentence.replace("{length}", "6");
    }

    /** A wait in words, such as "6 minutes". */
    public String time(Duration wait) {
        return counted(TimeSpan.of(wait, "days"));
    }

    /** A text in the form that goes with its number. */
    private String counted(TimeSpan.Counted count) {
        return PluralForms.choose(frame.language(), count.number(), t(count.key()))
                .replace("{n}", String.valueOf(count.number()));
    }

    public String rememberText(Screen.Remember remember) {
        return t("rememberMeText", "time", counted(TimeSpan.of(remember.life(), "rememberDays")));
    }

    /** What the page has no place beside a field for. */
    public List<Problem> generalProblems() {
        return screen.problems().stream()
                .filter(problem -> !hasField(problem.field()))
                .toList();
    }

    public List<Problem> problemsOf(String field) {
        return screen.problems().stream()
                .filter(problem -> problem.field().equals(field))
                .toList();
    }

    /** Whether the page has a field of this name, beside which a problem is said. */
    private boolean hasField(String field) {
        return switch (screen) {
            case Screen.LogIn _ -> field.equals("username") || field.equals("password");
            case Screen.ResetRequest _ -> field.equals("email");
            case Screen.NewPassword _ -> field.equals("password");
            case Screen.SignUp _ -> field.equals("email") || field.equals("password");
            case PhoneScreen.PhoneEnrollment _ -> field.equals("phone");
            case PhoneScreen.CodeChallenge at -> field.equals("code") && !at.over();
            case AppScreen _ -> field.equals("code");
            case RecoveryCodeScreen.RecoveryCodeChallenge _ -> field.equals("code");
            case RecoveryCodeScreen.RecoveryCodeShown _ -> field.equals("saved");
            case WebAuthnScreen.KeyNickname _ -> field.equals("nickname");
            case WebAuthnScreen _ -> false;
            case PhoneScreen.PhoneChallenge _, PhoneScreen.PhoneList _, PhoneScreen.ProvePerson _ -> false;
            case AccountScreen.MethodChange _ -> field.equals("nickname");
            case AccountScreen _ -> false;
            case Screen.EnrollOptions _, Screen.LoginOptions _, LossScreen _, EndScreen _ -> false;
        };
    }

    /** Whether a field is the first that something is wrong with: there one types on. */
    public boolean isFirstWrong(String field) {
        return screen.problems().stream()
                .filter(problem -> hasField(problem.field()))
                .findFirst()
                .filter(problem -> problem.field().equals(field))
                .isPresent();
    }

    public @Nullable String describedBy(String field, boolean hint) {
        var ids = new StringBuilder();
        if (hint) ids.append(field).append("-hint");
        if (!problemsOf(field).isEmpty())
            ids.append(ids.isEmpty() ? "" : " ").append(field).append("-problem");
        return ids.isEmpty() ? null : ids.toString();
    }

    public @Nullable String invalid(String field) {
        return problemsOf(field).isEmpty() ? null : "true";
    }

    /** Codes, numbers and addresses are read from left to right in every language. */
    public @Nullable String fieldDirection(String type, @Nullable String kind) {
        return kind != null || type.equals("email") ? "ltr" : null;
    }

    /** With the state, so that a page that comes back with problems can be loaded again. */
    public String action() {
        return "/u/" + screen.name() + "?state=" + frame.state();
    }

    /** The number that a code was sent to: whole while it is being bound, else masked. */
    public String number(PhoneScreen.CodeChallenge code) {
        var whole = code.wholeNumber();
        return whole == null ? number(code.maskedNumber()) : "\u2066" + whole.replace(' ', '\u00a0') + "\u2069";
    }

    /** A masked number as people see it, kept together and from left to right. */
    public String number(String masked) {
        var digits = masked.substring(Math.max(0, masked.length() - 4));
        return "\u2066••• " + digits + "\u2069";
    }

    public String callingCode(Country country) {
        return "\u2066+" + country.callingCode() + "\u2069";
    }

    /** In groups of four, for reading and typing. */
    public String grouped(String secret) {
        return secret.replaceAll("(.{4})(?=.)", "$1 ");
    }

    /** The name that its owner gave a method, or what it is. */
    public String nameOf(AccountScreen.Method method) {
        return method.name() == null ? kindOf(method) : method.name();
    }

    /** What a method is; of a phone with its last digits. */
    public String kindOf(AccountScreen.Method method) {
        var number = method.maskedNumber();
        return switch (method.kind()) {
            case PHONE -> t(Factor.PHONE.text()) + (number == null ? "" : " " + number(number));
            case APP -> t(Factor.OTP.text());
            case WEBAUTHN_ROAMING, WEBAUTHN_PLATFORM ->
                t(Factor.webAuthn(method.kind()).text());
            case RECOVERY_CODE -> t(Factor.RECOVERY_CODE.text());
        };
    }

    /** The day, as people of the language write it. */
    public String day(Instant at) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(frame.language())
                .format(at.atOffset(ZoneOffset.UTC));
    }

    public String nameOf(Factor factor) {
        return t(factor.text());
    }

    public String hintOf(Factor factor) {
        return t(factor.text() + "Hint");
    }

    /** Of several. A security key is safer than an app, whose codes can be asked for by a page of somebody else's. */
    public boolean isSafest(Factor factor, List<Factor> all) {
        if (all.size() < 2) return false;
        var keys = all.stream().filter(one -> one.kind().isWebAuthn()).findFirst();
        return factor.equals(keys.orElse(Factor.OTP));
    }

    /** On the button that asks for a code by this channel. */
    public String codeBy(Channel channel) {
        return t(channel.wire() + "ButtonText");
    }

    /** On the button that asks for the code once more, by another channel. */
    public String codeAgainBy(Channel channel) {
        return t("resend" + channel.wire().substring(0, 1).toUpperCase(Locale.ROOT)
                + channel.wire().substring(1) + "ActionText");
    }

    public String stateClass(MessageState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    public String stateText(MessageState state) {
        return t(
                switch (state) {
                    case SENDING -> "stateSending";
                    case SENT -> "stateSent";
                    case DELIVERED -> "stateDelivered";
                    case FAILED -> "stateFailed";
                });
    }

    public String outcomeKey(EndScreen.ResetOutcome outcome) {
        return switch (outcome) {
            case SUCCESS -> "success";
            case INVALID -> "invalid";
        };
    }

    public String denialKey(EndScreen.Denial denial) {
        return switch (denial) {
            case ASKED -> "asked";
            case DONE -> "done";
            case OVER -> "over";
        };
    }

    public String outcomeKey(EnrollOutcome outcome) {
        return switch (outcome) {
            case ENROLLED -> "enrolled";
            case INVALID_TICKET -> "invalidTicket";
            case EXPIRED_TICKET -> "expiredTicket";
            case ALREADY_USED -> "alreadyUsed";
            case ALREADY_ENROLLED -> "alreadyEnrolled";
            case ERROR -> "genericError";
        };
    }

    public String outcomeDescription(EnrollOutcome outcome) {
        return outcome == EnrollOutcome.ERROR ? "genericError" : outcomeKey(outcome) + "Description";
    }

    public String troubleKey(Trouble trouble) {
        return switch (trouble) {
            case GONE -> "gone";
            case BAD_REQUEST -> "badRequest";
            case NO_FACTOR -> "noFactor";
            case FACTOR_OFF -> "factorOff";
            case REFUSED -> "refused";
            case SERVER -> "server";
            case UNAVAILABLE -> "unavailable";
        };
    }

    public Qr qr(String uri) {
        return Qr.of(uri);
    }

    public String recoveryFile() {
        return "recovery-code.txt";
    }

    public @Nullable String logo() {
        return Addresses.of(frame.branding().logoUrl());
    }

    public String favicon() {
        var own = Addresses.of(frame.branding().faviconUrl());
        return own == null ? asset("icon.svg") : own;
    }

    /** A file of ours, by an address that changes when the file does. */
    public String asset(String name) {
        return Assets.address(name);
    }

    public String themeAddress() {
        return "/u/assets/theme.css?v=" + Theme.of(frame.branding()).version();
    }

    static Map<String, Object> model(View view) {
        return Map.of("view", view, "screen", view.screen());
    }
}
