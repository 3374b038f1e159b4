package io.ringcode.console.view;

import io.ringcode.delivery.account.AccountField;
import io.ringcode.delivery.carrier.Carrier;
import io.ringcode.json.Bounds;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a page shows: all that the template of its name needs. JSON is as the Management API answers it. */
public interface View {
    /**
     * A page on which nothing can be done.
     *
     * @param signedIn as somebody else than an administrator, so that signing out helps
     */
    record Stop(String sentence, boolean signedIn) implements View {}

    /** At the server's bare address, for whoever is not an administrator. */
    record Front(String tenant) implements View {}

    /** @param problem with what was typed; null at first */
    record First(String token, String email, @Nullable String problem) implements View {}

    /**
     * @param days how many the figures are of
     * @param links to the lists that they count
     * @param titles of carriers, by name
     * @param figures missing where the administrator may not read them
     */
    record Overview(
            PageFrame shell,
            List<Step> steps,
            int days,
            JsonNode figures,
            FigureLinks links,
            Chart chart,
            JsonNode messages,
            Map<String, String> titles)
            implements View {
        public boolean setUp() {
            return steps.stream().allMatch(Step::done);
        }
    }

    /**
     * Each day of a period.
     *
     * @param each missing where they cannot be shown
     */
    record Days(PageFrame shell, int days, JsonNode each, FigureLinks links) implements View {}

    /**
     * One day by the hour.
     *
     * @param first the first day that may be chosen, and {@code last} the last one
     * @param hours missing where they cannot be shown
     * @param codes asked for and verified
     * @param delivery how long messages took
     */
    record Hours(
            PageFrame shell,
            String day,
            String first,
            String last,
            JsonNode hours,
            Chart codes,
            Chart delivery,
            FigureLinks links)
            implements View {
        public String title() {
            return hours.isMissingNode() ? "Hours of a day" : "Hours of " + day;
        }
    }

    record Step(boolean done, String what, String hint, String address) {}

    /**
     * @param always whether every sign-in asks for a second factor
     * @param deliveryMethods all of them, the chosen one among them
     * @param left messages of the built-in provider
     * @param length what a code may have of digits
     * @param life how many seconds it may be good for
     */
    record Phone(
            PageFrame shell,
            boolean on,
            List<String> types,
            boolean always,
            List<DeliveryMethod> deliveryMethods,
            String chosen,
            int left,
            Form codes,
            Bounds length,
            Bounds life)
            implements View {}

    /** @param account the carrier's; null where none is set up, or none is needed */
    record DeliveryMethod(
            String provider,
            String name,
            boolean voice,
            @Nullable JsonNode account,
            boolean needsAccount) {
        public boolean ready() {
            return !needsAccount
                    || (account != null && !account.path("disabled").asBoolean(false));
        }
    }

    /**
     * @param id of the account; null where none is set up
     * @param values what was typed, or what is stored; never a secret
     * @param methods text, voice
     * @param chosen whether it is the delivery method
     * @param routes that name it
     * @param to of a test message
     */
    record Account(
            PageFrame shell,
            Carrier carrier,
            @Nullable String id,
            List<Field> fields,
            Map<String, String> values,
            List<String> methods,
            boolean chosen,
            int routes,
            @Nullable Reports reports,
            Bounds to)
            implements View {}

    /**
     * Where a carrier reports what became of messages.
     *
     * @param url null where the server has no public https address
     * @param byHand whether somebody has to enter it in the carrier's console
     */
    record Reports(@Nullable String url, boolean byHand) {}

    /** @param hint what it must look like; empty for anything */
    record Field(String name, String label, boolean secret, boolean required, boolean large, String hint) {
        public static Field of(AccountField field) {
            var hint = field.rule().startsWith("must have 1 to")
                    ? ""
                    : field.rule().replaceFirst("^m", "M") + ".";
            return new Field(field.name(), field.label(), field.secret(), field.required(), field.multiline(), hint);
        }
    }

    /** @param installs of scripts that are just being made, or could not be */
    record Hooks(PageFrame shell, JsonNode hooks, List<String> examples, List<Install> installs) implements View {}

    /**
     * npm at work for a script.
     *
     * @param state building, built or failed
     * @param packages such as {@code twilio@5.3.0}
     * @param seconds that it took, or takes until now
     * @param until empty while it is under way
     */
    record Install(String script, String state, String message, List<String> packages, long seconds, String until) {
        public boolean underWay() {
            return until.isEmpty();
        }

        public String address() {
            return "/console/hooks/installs?name=" + Links.part(script);
        }
    }

    /** The install alone, as htmx asks for it. */
    record InstallNews(@Nullable Install install) implements View {}

    /**
     * @param id null for one that is not saved yet
     * @param stored the name that it has so far; empty for one that is not saved yet
     * @param install its last one; null for none
     * @param dependencies lines such as {@code twilio@5.3.0}
     * @param secrets their names
     * @param ran what a trial came to; null for none
     */
    record Hook(
            PageFrame shell,
            @Nullable String id,
            String stored,
            @Nullable Install install,
            String name,
            String script,
            boolean enabled,
            String dependencies,
            List<String> secrets,
            JsonNode versions,
            JsonNode executions,
            @Nullable JsonNode ran)
            implements View {
        private static final Pattern SECRET = Pattern.compile("secrets\\.([A-Za-z_][A-Za-z0-9_]*)");

        /** Names of the secrets that the script reads and that are not set. */
        public List<String> missingSecrets() {
            return SECRET.matcher(script)
                    .results()
                    .map(found -> found.group(1))
                    .distinct()
                    .filter(name -> !secrets.contains(name))
                    .toList();
        }
    }

    /** @param link for another one, shown this once; null where none was made */
    record Administrators(
            PageFrame shell,
            JsonNode administrators,
            @Nullable String link) implements View {}

    /**
     * @param carriers what a route may have in it: titles by name
     * @param withoutAccount those of them that cannot send yet
     * @param focus the id of what a button leaves the focus on; empty for nothing
     * @param told what the button did
     * @param after how many failures may be waited for
     * @param seconds how long a receipt may be waited for
     */
    record Routes(
            PageFrame shell,
            RouteForm form,
            Map<String, String> carriers,
            Set<String> withoutAccount,
            String focus,
            String told,
            Bounds after,
            Bounds seconds)
            implements View {}

    /** The rows alone, as htmx asks for them. */
    record MessageRows(List<JsonNode> messages, Filters filters, Map<String, String> titles) implements View {}

    /**
     * @param next where the list goes on; empty at its end
     * @param titles of carriers, by name
     * @param applications names by client ID
     * @param open the message whose story stands beside the list; null for none
     */
    record Messages(
            PageFrame shell,
            List<JsonNode> messages,
            Filters filters,
            String next,
            Map<String, String> titles,
            Map<String, String> applications,
            @Nullable Story open)
            implements View {}

    /**
     * One message from its beginning to its end.
     *
     * @param decisions what the fraud guard said of it; missing where they may not be read
     * @param user the email address, or the id
     * @param application its name; empty where none asked
     */
    record Story(JsonNode message, JsonNode decisions, String user, String application, Map<String, String> titles) {
        public String carrier(JsonNode name) {
            return titles.getOrDefault(name.asString(""), name.asString(""));
        }

        public String id() {
            return message.path("id").asString("");
        }

        public String json() {
            return message.toPrettyString();
        }
    }

    record Message(PageFrame shell, Story story) implements View {}

    /** The story alone, beside the list. */
    record MessageStory(Story story) implements View {}

    record Users(PageFrame shell, JsonNode users, String q) implements View {}

    /**
     * @param methods the user's authenticators
     * @param blocked whether wrong passwords or codes keep the user out
     * @param told a recovery code or a link, shown this once; null for none
     */
    record User(
            PageFrame shell,
            JsonNode user,
            JsonNode methods,
            boolean blocked,
            @Nullable Told told) implements View {}

    /**
     * Asks before something is done that cannot be undone.
     *
     * @param fields of the form that led here, to be sent once more
     */
    record Confirm(PageFrame shell, SecondLook.Risk risk, String action, Map<String, List<String>> fields)
            implements View {}

    /** What the search finds, in groups. */
    record Find(PageFrame shell, String q, List<Found> found) implements View {}

    /** The same alone, as the palette asks for it. */
    record FindNews(List<Found> found) implements View {}

    record Found(String title, List<Navigation.Hit> hits) {}

    record NewUser(PageFrame shell, Form form) implements View {}

    record Told(String what, String value) {}

    /**
     * @param q all filters as one query of the API
     * @param page counted from 0
     * @param follows whether new lines come by themselves
     * @param administrators email addresses of those who did something, by user ID
     * @param open the line whose story stands beside the list; null for none
     */
    record Log(
            PageFrame shell,
            List<JsonNode> records,
            Filters filters,
            String q,
            int page,
            boolean follows,
            Map<String, String> administrators,
            @Nullable JsonNode open)
            implements View {
        public static final int SHOWN = 50;

        public boolean full() {
            return records.size() == SHOWN;
        }

        public static String id(JsonNode line) {
            return line.path("log_id").asString("");
        }

        /** Who did it: the administrator, or else the application. */
        public static String by(JsonNode line, Map<String, String> administrators) {
            var id = line.path("details").path("administrator").asString("");
            if (id.isEmpty()) return line.path("client_name").asString("");
            return administrators.getOrDefault(id, id);
        }

        /** Where what comes after these lines is asked for. */
        public static String news(List<JsonNode> lines, String q) {
            var newest = lines.isEmpty() ? "" : id(lines.getFirst());
            return "/console/log/news?q=" + Links.part(q) + "&after=" + Links.part(newest);
        }
    }

    record LogLine(PageFrame shell, JsonNode line, Map<String, String> administrators) implements View {}

    /** A line alone, beside the list. */
    record LogStory(JsonNode line, Map<String, String> administrators) implements View {}

    /**
     * New lines alone, the newest first.
     *
     * @param cut whether older ones among them may have been left out
     */
    record LogNews(List<JsonNode> records, Map<String, String> administrators, String q, boolean cut) implements View {}
}
