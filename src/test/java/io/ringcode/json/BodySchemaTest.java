package io.ringcode.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.ringcode.json.Rule.IgnoreUnknown;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.MembersOf;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.json.Rule.Range;
import io.ringcode.json.Rule.TypedName;
import io.ringcode.json.Rule.Whole;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A record says what a body may hold, which error tells of what does not fit, and how OpenAPI describes it. */
class BodySchemaTest {
    enum Kind {
        SMS,
        VOICE;

        String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    record Colors(@Matches("#[0-9a-f]{6}") String primary) implements JsonBody {}

    record Body(
            @Length(min = 1, max = 5) String name,
            boolean enabled,
            @Range(min = 2, max = 9) int codeLength,
            @Nullable @OneOf({"b", "a"}) String letter,
            @Nullable @NullAllowed @Range(min = 0, max = 1) Double share,
            @Nullable Kind kind,
            @Nullable @Items(max = 2, unique = true) List<Kind> kinds,
            @Nullable @Length(max = 3) Map<String, String> words,
            @Nullable Colors colors,
            @Nullable ObjectNode object,
            @Nullable JsonNode any,
            @Nullable @TypedName String user,
            @Length(max = 4) Patch<String> changed)
            implements JsonBody {
        Body {
            if ("a".equals(letter) && !enabled) throw InvalidBody.on("letter", "Needs enabled");
        }
    }

    record Listed(@Whole @Items(max = 2) List<Colors> colors) implements JsonBody {}

    record ByKind(@Whole Map<Kind, Integer> counts) implements JsonBody {}

    record Shared(
            @Length(min = 1, max = 5) String name, @Nullable Boolean enabled) {}

    record Outer(@JsonUnwrapped Shared shared, @Nullable Kind kind) implements JsonBody {}

    @IgnoreUnknown
    record Open(@Nullable String name) implements JsonBody {}

    record Looks(
            Patch<Colors> colors,
            Patch<List<Colors>> palette,
            @Range(min = 0, max = 10) Patch<BigDecimal> hours,
            Patch<Palette> look,
            @NullAllowed @Length(max = 3) Patch<Map<String, @Nullable String>> notes)
            implements JsonBody {}

    record Palette(@Matches("[a-z]+") Patch<String> first, Patch<String> second) {}

    record NewLooks(String name, @JsonUnwrapped Looks looks) implements JsonBody {}

    record ShownLooks(
            String name,
            @MembersOf(Looks.class) @JsonAnyGetter Map<String, JsonNode> kept) implements JsonAnswer {}

    private static final String LEAST = "'name':'n','enabled':true,'code_length':6";

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static Body read(String more) {
        return BodySchema.of(Body.class).read(json("{" + LEAST + more + "}"));
    }

    @Test
    void what_fits_becomes_the_record() {
        var body = read("""
                ,'letter':'b','share':0.5,'kind':'sms','kinds':['voice','sms'],'words':{'x':'abc'},'colors':{'primary':'#00ff00'},
                'object':{'y':[1]},'any':null,'user':' ann ','changed':null""");
        assertThat(body.codeLength()).isEqualTo(6);
        assertThat(body.kinds()).containsExactly(Kind.VOICE, Kind.SMS);
        assertThat(body.words()).containsEntry("x", "abc");
        assertThat(body.colors()).isEqualTo(new Colors("#00ff00"));
        assertThat(body.user()).isEqualTo("ann");
        assertThat(body.changed()).isEqualTo(Patch.of(null));
        assertThat(BodySchema.sent(body))
                .contains("changed", "code_length", "kinds")
                .isSorted();
    }

    @Test
    void a_member_of_a_patch_is_left_out_taken_away_or_changed() {
        assertThat(read("").changed().or("before")).isEqualTo("before");
        assertThat(read(",'changed':null").changed().or("before")).isNull();
        assertThat(read(",'changed':null").changed().orKept("before")).isEqualTo("before");
        assertThat(read(",'changed':'new'").changed().or("before")).isEqualTo("new");
        assertThat(BodySchema.sent(read(""))).containsExactly("code_length", "enabled", "name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ,'more':1                       | more           | Additional properties not allowed: more
            ,'<b>':1                        | (unprintable)  | Additional properties not allowed: (unprintable)
            ,'letter':'c'                   | letter         | No enum match, expected one of: a, b
            ,'letter':null                  | letter         | Expected type string
            ,'share':2                      | share          | Must be between 0 and 1
            ,'share':'1'                    | share          | Expected type number
            ,'kind':'SMS'                   | kind           | No enum match, expected one of: sms, voice
            ,'kinds':'sms'                  | kinds          | Expected type array
            ,'kinds':['sms','sms']          | kinds          | Items must be unique
            ,'kinds':['sms','sms','sms']    | kinds          | Must have at most 2 items
            ,'words':{'x':'abcd'}           | words.x        | Must have 0 to 3 characters
            ,'words':{'x':null}             | words.x        | Expected type string
            ,'colors':{}                    | colors.primary | Missing required property: primary
            ,'colors':{'primary':'red'}     | colors.primary | String does not match pattern #[0-9a-f]{6}
            ,'colors':[]                    | colors         | Expected type object
            ,'object':[]                    | object         | Expected type object
            ,'any':'\\u0000'                | any            | Must be well-formed text
            ,'any':[{'\\ud800':1}]          | any            | Must be well-formed text
            ,'changed':'fives'              | changed        | Must have 0 to 4 characters
            ,'share':1e999                  | share          | Expected type number
            """)
    void what_does_not_fit_is_named_and_never_quoted(String more, String property, String reason) {
        assertThatThrownBy(() -> read(more)).isInstanceOfSatisfying(InvalidBody.class, unfit -> {
            assertThat(unfit.property()).isEqualTo(property);
            assertThat(unfit.reason()).isEqualTo(reason);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'name':'n','enabled':true}                               | code_length | Missing required property: code_length
            {'name':'n','enabled':1,'code_length':6}                  | enabled     | Expected type boolean
            {'name':'n','enabled':true,'code_length':1}               | code_length | Must be between 2 and 9
            {'name':'n','enabled':true,'code_length':6.5}             | code_length | Expected type integer
            {'name':'n','enabled':true,'code_length':99999999999}     | code_length | Expected type integer
            {'name':'n','enabled':false,'code_length':6,'letter':'a'} | letter      | Needs enabled
            []                                                        |             | Expected type object
            """)
    void so_is_what_is_missing(String body, @Nullable String property, String reason) {
        assertThatThrownBy(() -> BodySchema.of(Body.class).read(json(body)))
                .isInstanceOfSatisfying(InvalidBody.class, unfit -> {
                    assertThat(unfit.property()).isEqualTo(property);
                    assertThat(unfit.reason()).isEqualTo(reason);
                });
    }

    @Test
    void a_body_may_be_a_list_or_have_one_type_for_all_names() {
        assertThat(BodySchema.of(Listed.class)
                        .read(json("[{'primary':'#000000'}]"))
                        .colors())
                .hasSize(1);
        var counts = BodySchema.of(ByKind.class).read(json("{'voice':3}"));
        assertThat(counts.counts()).isEqualTo(Map.of(Kind.VOICE, 3));
        assertThat(BodySchema.sent(counts)).containsExactly("voice");
        assertThatThrownBy(() -> BodySchema.of(ByKind.class).read(json("{'fax':3}")))
                .isInstanceOfSatisfying(
                        InvalidBody.class,
                        unfit -> assertThat(unfit.reason()).isEqualTo("Additional properties not allowed: fax"));
    }

    @Test
    void members_of_an_unwrapped_record_are_the_bodys_own() {
        var schema = BodySchema.of(Outer.class);
        var body = schema.read(json("{'name':'n','kind':'sms'}"));
        assertThat(body).isEqualTo(new Outer(new Shared("n", null), Kind.SMS));
        assertThat(BodySchema.sent(body)).containsExactly("kind", "name");
        assertThatThrownBy(() -> schema.read(json("{'name':'n','shared':{}}")))
                .isInstanceOfSatisfying(
                        InvalidBody.class, unfit -> assertThat(unfit.property()).isEqualTo("shared"));
        assertThatThrownBy(() -> schema.read(json("{'name':''}")))
                .isInstanceOfSatisfying(
                        InvalidBody.class, unfit -> assertThat(unfit.property()).isEqualTo("name"));
        var described = JsonMapper.shared().<JsonNode>valueToTree(schema.describe());
        assertThat(described.path("properties").propertyNames()).containsExactly("name", "enabled", "kind");
        assertThat(described.path("required")).isEqualTo(json("['name']"));
    }

    @Test
    void unknown_members_are_ignored_only_where_the_record_says_so() {
        assertThat(BodySchema.of(Open.class).read(json("{'name':'n','more':1}")).name())
                .isEqualTo("n");
    }

    @Test
    void members_of_another_record_may_be_those_of_the_body() {
        var schema = BodySchema.of(NewLooks.class);
        var looks = schema.read(json("{'name':'n','hours':1.5,'look':{'first':null}}"));
        assertThat(looks.looks().hours().value()).isEqualTo(new BigDecimal("1.5"));
        assertThat(BodySchema.sent(looks)).containsExactly("hours", "look", "name");
        assertThatThrownBy(() -> schema.read(json("{'name':'n','more':1}")))
                .isInstanceOfSatisfying(
                        InvalidBody.class, unfit -> assertThat(unfit.property()).isEqualTo("more"));
        var described = JsonMapper.shared().<JsonNode>valueToTree(schema.describe());
        assertThat(described.path("required")).isEqualTo(json("['name']"));
        assertThat(described.path("properties").propertyNames())
                .containsExactlyInAnyOrder("name", "colors", "palette", "hours", "look", "notes");
    }

    @Test
    void what_was_sent_is_json_again() {
        var sent = json(
                "{'colors':{'primary':'#000000'},'palette':[{'primary':'#ffffff'}],'hours':8,'look':{'first':null,'second':'b'},'notes':{'a':null}}");
        var body = BodySchema.of(Looks.class).read(sent);
        assertThat(SentJson.of(body).toString()).isEqualTo(sent.toString());
    }

    @Test
    void what_is_stored_is_changed_by_the_members_that_were_sent() {
        var stored = (ObjectNode) json("{'hours':1,'palette':[],'look':{'first':'a','second':'b'},'other':true}");
        var change = BodySchema.of(Looks.class)
                .read(json("{'hours':null,'palette':[{'primary':'#ffffff'}],'look':{'first':null}}"));
        assertThat(SentJson.changed(stored, change))
                .isEqualTo(json("{'palette':[{'primary':'#ffffff'}],'look':{'second':'b'},'other':true}"));
        assertThat(stored.has("hours")).isTrue();
    }

    @Test
    void an_answer_may_give_back_members_that_a_body_set() {
        var mapper = JsonMapper.shared();
        var shown = new ShownLooks("n", Map.of("hours", json("2")));
        assertThat(mapper.writeValueAsString(shown)).isEqualTo("{\"name\":\"n\",\"hours\":2}");
        var described =
                mapper.<JsonNode>valueToTree(BodySchema.of(ShownLooks.class).describe());
        assertThat(described.path("properties").path("hours").path("type").asString())
                .isEqualTo("number");
        assertThat(described.path("properties").has("kept")).isFalse();
        assertThat(described.path("required")).isEqualTo(json("['name']"));
    }

    @Test
    void it_is_described_as_json_schema() {
        var schema = JsonMapper.shared()
                .<JsonNode>valueToTree(BodySchema.of(Body.class).describe());
        assertThat(schema.path("required").toString()).isEqualTo("[\"name\",\"enabled\",\"code_length\"]");
        assertThat(schema.path("additionalProperties")).isEqualTo(json("false"));
        var properties = schema.path("properties");
        assertThat(properties.path("code_length")).isEqualTo(json("{'type':'integer','minimum':2,'maximum':9}"));
        assertThat(properties.path("kinds").path("items").path("enum")).isEqualTo(json("['sms','voice']"));
        assertThat(properties.path("kinds").path("maxItems").asInt()).isEqualTo(2);
        assertThat(properties.path("changed").path("anyOf").path(1)).isEqualTo(json("{'type':'null'}"));
        assertThat(properties.path("colors").path("properties").has("primary")).isTrue();
    }

    record Form(
            Body inner, @Nullable @Range(min = 1, max = 3) Integer tries) implements JsonBody {}

    record Metadata(@NullAllowed Map<String, JsonNode> kept) implements JsonBody {}

    @Test
    void null_is_a_value_of_what_is_kept() {
        assertThat(BodySchema.of(Metadata.class)
                        .read(json("{'kept':{'gone':null}}"))
                        .kept())
                .containsEntry("gone", json("null"));
    }

    @Test
    void a_form_learns_its_bounds() {
        var schema = BodySchema.of(Form.class);
        assertThat(schema.bounds("tries")).isEqualTo(new Bounds(false, 1, 3, null, null, List.of()));
        assertThat(schema.bounds("inner.name")).isEqualTo(new Bounds(true, null, null, 1, 5, List.of()));
        assertThat(schema.bounds("inner.kinds").options()).containsExactly("sms", "voice");
        assertThatThrownBy(() -> schema.bounds("inner.none")).isInstanceOf(IllegalArgumentException.class);
    }

    record Sums(int sent, @Nullable BigDecimal cost) implements JsonAnswer {}

    record OfDay(
            @JsonUnwrapped Sums sums,
            String day,
            @JsonAnyGetter Map<String, JsonNode> more) implements JsonAnswer {}

    @Test
    void an_answer_may_be_put_together_of_others_and_stay_open() {
        var day = new OfDay(new Sums(2, null), "mon", Map.of("else", json("1")));
        assertThat(JsonMapper.shared().writeValueAsString(day)).isEqualTo("{\"sent\":2,\"day\":\"mon\",\"else\":1}");
        var schema = JsonMapper.shared()
                .<JsonNode>valueToTree(BodySchema.of(OfDay.class).describe());
        assertThat(schema.path("properties").propertyNames()).containsExactly("sent", "cost", "day");
        assertThat(schema.path("required")).isEqualTo(json("['sent','day']"));
        assertThat(schema.has("additionalProperties")).isFalse();
    }
}
