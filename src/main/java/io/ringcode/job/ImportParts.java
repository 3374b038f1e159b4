package io.ringcode.job;

import io.ringcode.factor.AuthenticatorImports;
import io.ringcode.factor.AuthenticatorImports.Brought;
import io.ringcode.job.RowReader.Problem;
import io.ringcode.user.ImportedUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Reads parts of an import, and does what costs processor time and asks nothing of the database. */
@Component
class ImportParts {
    private final JobTable table;
    private final AuthenticatorImports authenticators;
    private final ObjectMapper json;

    ImportParts(JobTable table, AuthenticatorImports authenticators, ObjectMapper json) {
        this.table = table;
        this.authenticators = authenticators;
        this.json = json;
    }

    record ImportPart(int number, List<Sound> sound, List<Unsound> unsound) {}

    /**
     * A row whose user can be written.
     *
     * @param number of the row in the file
     * @param shown the user without secrets
     * @param left factors that could not be taken over
     */
    record Sound(int number, ImportedUser user, Brought brought, Map<String, Object> shown, List<Problem> left) {}

    record Unsound(int number, Map<String, Object> shown, List<Problem> problems) {}

    /** The first part from {@code number} on. */
    Optional<ImportPart> read(Job job, int number) {
        return table.part(job, number).map(part -> read(job, part));
    }

    private ImportPart read(Job job, JobTable.Part part) {
        var sound = new ArrayList<Sound>();
        var unsound = new ArrayList<Unsound>();
        var number = part.number() * Upload.ROWS;
        for (var node : json.readTree(part.content())) {
            var reader = new RowReader(node);
            var row = reader.read();
            if (row == null) unsound.add(new Unsound(number, reader.shown(), reader.problems()));
            else {
                var brought = authenticators.seal(job.tenant(), row.factors(), row.recoveryCode());
                sound.add(new Sound(number, row.user(), brought, reader.shown(), reader.left()));
            }
            number++;
        }
        return new ImportPart(part.number(), sound, unsound);
    }
}
