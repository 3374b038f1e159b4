package io.ringcode.job;

import io.ringcode.job.ImportParts.ImportPart;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Imports users, a part at a time, and reads the next part while one is written. Doing a row again finds its user there: it is
 * refused, or changed to the same.
 */
@Component
class UsersImport {
    private final JobTable table;
    private final ImportParts parts;
    private final ImportBatches batches;
    private final Clock clock;
    private final TransactionTemplate transactions;

    UsersImport(
            JobTable table,
            ImportParts parts,
            ImportBatches batches,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.table = table;
        this.parts = parts;
        this.batches = batches;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
    }

    JobWorker.Steps begin(Job job) {
        return new Pipeline(job);
    }

    /** Two parts are in memory at most. */
    private final class Pipeline implements JobWorker.Steps {
        private final Job job;

        /** No virtual thread: it computes for long at a time, and would keep a carrier thread from all requests. */
        private final ExecutorService reading = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("import").daemon(true).factory());

        private CompletableFuture<Optional<ImportPart>> ahead;

        Pipeline(Job job) {
            this.job = job;
            this.ahead = readFrom(0);
        }

        private CompletableFuture<Optional<ImportPart>> readFrom(int number) {
            return CompletableFuture.supplyAsync(() -> parts.read(job, number), reading);
        }

        @Override
        public boolean next() {
            var part = read().orElse(null);
            if (part == null) return false;
            ahead = readFrom(part.number() + 1);
            transactions.executeWithoutResult(_ -> write(part));
            return true;
        }

        private Optional<ImportPart> read() {
            try {
                return ahead.join();
            } catch (CompletionException failed) {
                if (failed.getCause() instanceof RuntimeException cause) throw cause;
                throw failed;
            }
        }

        private void write(ImportPart part) {
            if (!table.removePart(job, part.number())) return;
            var report = batches.write(job, part);
            table.addErrors(job, report.errors());
            table.progress(job, report.outcome(), null, clock.instant().plus(JobWorker.LEASE));
        }

        @Override
        public void close() {
            reading.close();
        }
    }
}
