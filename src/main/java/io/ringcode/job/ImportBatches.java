package io.ringcode.job;

import io.ringcode.administrator.Administrators;
import io.ringcode.factor.AuthenticatorImports;
import io.ringcode.factor.AuthenticatorImports.Bound;
import io.ringcode.job.ImportParts.ImportPart;
import io.ringcode.job.ImportParts.Sound;
import io.ringcode.job.JobTable.Outcome;
import io.ringcode.job.RowReader.Problem;
import io.ringcode.user.IfPresent;
import io.ringcode.user.Imported;
import io.ringcode.user.NotTogether;
import io.ringcode.user.UserImports;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.ObjectMapper;

/**
 * Writes the users of a part in one batch. A batch that fails is taken back and written in halves, down to the one user whose
 * fault it is: a batch of one is refused, and all others go in.
 */
@Component
class ImportBatches {
    private static final Logger log = LoggerFactory.getLogger(ImportBatches.class);

    /** For a user alone, whose name may be taken between being looked up and being claimed. */
    private static final int TRIES = 3;

    private final TableStatistics statistics;
    private final UserImports users;
    private final AuthenticatorImports authenticators;
    private final Administrators administrators;
    private final ObjectMapper json;
    private final Clock clock;

    /** A batch that can be taken back alone. */
    private final TransactionTemplate alone;

    ImportBatches(
            TableStatistics statistics,
            UserImports users,
            AuthenticatorImports authenticators,
            Administrators administrators,
            ObjectMapper json,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.statistics = statistics;
        this.users = users;
        this.authenticators = authenticators;
        this.administrators = administrators;
        this.json = json;
        this.clock = clock;
        this.alone = new TransactionTemplate(transactions);
        this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** @param errors as they are told, by the numbers of their rows */
    record Report(Outcome outcome, SortedMap<Integer, String> errors) {}

    /** Runs in its caller's transaction, which it never spoils. */
    Report write(Job job, ImportPart part) {
        statistics.keepUp(part.number() * Upload.ROWS);
        var run = new Run(job);
        for (var row : part.unsound()) run.refuse(row.number(), row.shown(), row.problems());
        run.write(part.sound());
        return new Report(new Outcome(run.inserted, run.updated, run.refused), run.errors);
    }

    private final class Run {
        private final Job job;
        private final String connection;
        private final IfPresent ifPresent;
        private final Instant now = clock.instant();
        private final TreeMap<Integer, String> errors = new TreeMap<>();
        private int inserted;
        private int updated;
        private int refused;
        private int broken;

        Run(Job job) {
            this.job = job;
            this.connection = Objects.requireNonNull(job.connection());
            // An administrator is changed by nobody but who holds the same scopes, which a job that runs later cannot
            // show.
            this.ifPresent = job.options().upsert()
                    ? new IfPresent.Change(found -> administrators.among(job.tenant(), found))
                    : new IfPresent.Refuse();
        }

        void write(List<Sound> batch) {
            if (batch.isEmpty()) return;
            var failure = attempt(batch);
            if (failure == null) return;
            if (batch.size() > 1) {
                write(batch.subList(0, batch.size() / 2));
                write(batch.subList(batch.size() / 2, batch.size()));
                return;
            }
            for (int more = 1; more < TRIES && failure instanceof NotTogether; more++) {
                failure = attempt(batch);
                if (failure == null) return;
            }
            var taken = failure instanceof NotTogether || failure instanceof DuplicateKeyException;
            refuse(batch.getFirst(), taken ? present() : unstorable(failure));
        }

        /** @return null when all have been written; else nothing has changed */
        private @Nullable RuntimeException attempt(List<Sound> batch) {
            try {
                var outcomes = Objects.requireNonNull(alone.execute(_ -> all(batch)));
                for (int i = 0; i < batch.size(); i++) count(batch.get(i), outcomes.get(i));
                return null;
            } catch (NotTogether notTogether) {
                return notTogether;
            } catch (TransactionException away) {
                throw away;
            } catch (RuntimeException failure) {
                if (failure instanceof DataAccessException && !isOfData(failure)) throw failure;
                return failure;
            }
        }

        private List<Imported> all(List<Sound> batch) {
            var outcomes = users.write(
                    job.tenant(), connection, batch.stream().map(Sound::user).toList(), ifPresent, now);
            var bound = new ArrayList<Bound>();
            for (int i = 0; i < batch.size(); i++) {
                var brought = batch.get(i).brought();
                switch (outcomes.get(i)) {
                    case Imported.Inserted(var id) -> bound.add(new Bound(id, brought));
                    case Imported.Updated(var id) -> bound.add(new Bound(id, brought));
                    case Imported.Refused _ -> {}
                }
            }
            authenticators.bind(job.tenant(), bound, now);
            return outcomes;
        }

        private void count(Sound row, Imported outcome) {
            switch (outcome) {
                case Imported.Inserted _ -> inserted++;
                case Imported.Updated _ -> updated++;
                case Imported.Refused _ -> {
                    refuse(row, present());
                    return;
                }
            }
            if (!row.left().isEmpty()) tell(row.number(), row.shown(), row.left());
        }

        private Problem present() {
            return job.options().upsert()
                    ? new Problem(
                            "CONFLICT",
                            "The e-mail address or user name belongs to another user, or the user is an administrator.",
                            "user_id")
                    : new Problem("DUPLICATED_USER", "The user already exists.", "email");
        }

        private Problem unstorable(RuntimeException failure) {
            // Its message may have the user's data in it. The first of a part stands for all.
            if (broken++ == 0)
                log.error(
                        "A user of job {} could not be stored: {} {}",
                        job.id(),
                        failure.getClass().getSimpleName(),
                        sqlState(failure));
            return new Problem("INVALID_FORMAT", "It contains a value that cannot be stored", "");
        }

        private void refuse(Sound row, Problem problem) {
            refuse(row.number(), row.shown(), List.of(problem));
        }

        void refuse(int number, Map<String, Object> shown, List<Problem> problems) {
            refused++;
            tell(number, shown, problems);
        }

        private void tell(int number, Map<String, Object> shown, List<Problem> problems) {
            errors.put(number, json.writeValueAsString(Map.of("user", shown, "errors", problems)));
        }
    }

    /** Whether the database refused what it was given, and is there: data, a rule of integrity, or too much of something. */
    private static boolean isOfData(RuntimeException failure) {
        var state = sqlState(failure);
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
    }

    private static String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof SQLException sql && sql.getSQLState() != null) return sql.getSQLState();
        return "";
    }
}
