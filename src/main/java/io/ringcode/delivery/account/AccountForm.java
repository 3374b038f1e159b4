package io.ringcode.delivery.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A carrier's account form: the fields that it needs, and the record that they are read into.
 *
 * @param carrier the provider's name
 * @param title the carrier's name as people write it
 * @param reader called only where every required field is set
 */
public record AccountForm<A>(
        String carrier, String title, List<AccountField> fields, Function<AccountValues, A> reader) {
    /** @param rule what is wrong, beginning with a verb: {@code must be …} */
    public record Problem(String field, String rule) {}

    public Optional<AccountField> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** Everything that is wrong with an account, as far as it can be known without asking the carrier. */
    public List<Problem> problems(AccountValues values) {
        var problems = new ArrayList<Problem>();
        for (var field : fields) {
            var value = values.find(field.name());
            if (value == null) {
                if (field.required()) problems.add(new Problem(field.name(), "must be set"));
            } else if (!field.form().test(value)) problems.add(new Problem(field.name(), field.rule()));
        }
        return List.copyOf(problems);
    }

    /** Empty where a required field is missing. */
    public Optional<A> read(AccountValues values) {
        var complete = fields.stream().noneMatch(field -> field.required() && values.find(field.name()) == null);
        return complete ? Optional.of(reader.apply(values)) : Optional.empty();
    }
}
