package io.ringcode.job;

import io.ringcode.administrator.Administrators;
import io.ringcode.factor.AuthenticatorAdmin;
import io.ringcode.job.JobTable.Outcome;
import io.ringcode.job.RowReader.Problem;
import io.ringcode.user.UserId;
import io.ringcode.user.UserImports;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.ObjectMapper;

/** Imports users, a part at a time. Doing a row again finds its user there: it is refused, or changed to the same. */
@Component
class UsersImport implements JobWorker.Steps {
    private final JobTable table;
    private final UserImports users;
    private final AuthenticatorAdmin methods;
    private final ObjectMapper json;
    private final Clock clock;
    private final Administrators administrators;
    private final TransactionTemplate transactions;

    /** One user of a part, that can be taken back alone. */
    private final TransactionTemplate alone;

    UsersImport(
            JobTable table,
            UserImports users,
            AuthenticatorAdmin methods,
            ObjectMapper json,
            Clock clock,
            Administrators administrators,
            PlatformTransactionManager transactions) {
        this.table = table;
        this.users = users;
        this.methods = methods;
        this.json = json;
        this.clock = clock;
        this.administrators = administrators;
        this.transactions = new TransactionTemplate(transactions);
        this.alone = new TransactionTemplate(transactions);
        this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    @Override
    public boolean next(Job job) {
        var part = table.part(job, 0);
        if (part.isEmpty()) return false;
        transactions.executeWithoutResult(_ -> {
            if (!table.removePart(job, part.get().number())) return;
            var outcome = new Part(job, part.get().number() * Upload.ROWS)
                    .run(part.get().content());
            table.progress(job, outcome, null, clock.instant().plus(JobWorker.LEASE));
        });
        return true;
    }

    private final class Part {
        private final Job job;
        private final int firstRow;
        private final List<ImportedRow> sound = new ArrayList<>();
        private final Map<ImportedRow, Integer> numbers = new HashMap<>();
        private final Map<ImportedRow, RowReader> readers = new HashMap<>();
        private int unsound;
        private int refused;
        private int updated;

        Part(Job job, int firstRow) {
            this.job = job;
            this.firstRow = firstRow;
        }

        Outcome run(String content) {
            var number = firstRow;
            for (var node : json.readTree(content)) {
                var reader = new RowReader(node);
                var row = reader.read();
                if (row == null) refuse(number, reader);
                else {
                    sound.add(row);
                    numbers.put(row, number);
                    readers.put(row, reader);
                }
                number++;
            }
            var connection = Objects.requireNonNull(job.connection());
            var now = clock.instant();
            var ids = users.insert(
                    job.tenant(),
                    connection,
                    sound.stream().map(ImportedRow::user).toList(),
                    now);
            var bound = new ArrayList<AuthenticatorAdmin.Bound>();
            for (int i = 0; i < sound.size(); i++) {
                var row = sound.get(i);
                var id = ids.get(i);
                if (id != null) bind(bound, id, row);
                else present(bound, connection, row);
            }
            methods.insertAll(job.tenant(), bound, now);
            return new Outcome(sound.size() - updated - refused, updated, unsound + refused);
        }

        private void bind(List<AuthenticatorAdmin.Bound> bound, UserId user, ImportedRow row) {
            bound.add(new AuthenticatorAdmin.Bound(user, row.factors(), row.recoveryCode()));
            var reader = Objects.requireNonNull(readers.get(row));
            if (!reader.left().isEmpty()) write(Objects.requireNonNull(numbers.get(row)), reader, reader.left());
        }

        /** The user is there already. */
        private void present(List<AuthenticatorAdmin.Bound> bound, String connection, ImportedRow row) {
            var changed = job.options().upsert() ? update(connection, row) : Optional.<UserId>empty();
            if (changed.isPresent()) {
                updated++;
                bind(bound, changed.get(), row);
                return;
            }
            var reader = Objects.requireNonNull(readers.get(row));
            var problem = job.options().upsert()
                    ? new Problem(
                            "CONFLICT",
                            "The e-mail address or user name belongs to another user, or the user is an administrator.",
                            "user_id")
                    : new Problem("DUPLICATED_USER", "The user already exists.", "email");
            refused++;
            write(Objects.requireNonNull(numbers.get(row)), reader, List.of(problem));
        }

        /** An administrator is changed by nobody but who holds the same scopes, which a job that runs later cannot show. */
        private Optional<UserId> update(String connection, ImportedRow row) {
            return Objects.requireNonNull(alone.execute(status -> {
                var changed = users.update(job.tenant(), connection, row.user(), clock.instant());
                if (changed.isEmpty()
                        || administrators.scopes(job.tenant(), changed.get()).isEmpty()) return changed;
                status.setRollbackOnly();
                return Optional.<UserId>empty();
            }));
        }

        private void refuse(int number, RowReader reader) {
            unsound++;
            write(number, reader, reader.problems());
        }

        private void write(int number, RowReader reader, List<Problem> problems) {
            table.addError(job, number, json.writeValueAsString(Map.of("user", reader.shown(), "errors", problems)));
        }
    }
}
