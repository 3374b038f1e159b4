package io.ringcode.job;

import io.ringcode.tenant.TenantId;
import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.ObjectMapper;

/**
 * A file of users on its way in: a JSON array, read object by object and kept in sealed parts, so that neither memory
 * nor a disk ever holds it whole and in clear.
 */
public final class Upload {
    static final int ROWS = 500;
    private static final int LARGEST_ROW = 64 * 1024;

    private final JobTable table;
    private final ObjectMapper json;
    private final TenantId tenant;
    private final String job;
    private int rows;
    private int parts;

    Upload(JobTable table, ObjectMapper json, TenantId tenant, String job) {
        this.table = table;
        this.json = json;
        this.tenant = tenant;
        this.job = job;
    }

    String job() {
        return job;
    }

    /** How many users have been read. */
    public int rows() {
        return rows;
    }

    /**
     * @throws UnreadableUpload when it is no JSON array of objects
     * @throws IOException when it ends before it should
     */
    public void read(InputStream users) throws IOException {
        var part = new StringBuilder("[");
        var inPart = 0;
        try (var parser = json.createParser(users)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) throw new UnreadableUpload("The file is not a JSON array");
            for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token != JsonToken.START_OBJECT)
                    throw new UnreadableUpload("Item " + rows + " of the file is not an object");
                String row = parser.readValueAsTree().toString();
                if (row.length() > LARGEST_ROW) throw new UnreadableUpload("Item " + rows + " is larger than 64 KiB");
                part.append(inPart == 0 ? "" : ",").append(row);
                rows++;
                if (++inPart == ROWS) {
                    keep(part);
                    inPart = 0;
                }
            }
            if (parser.nextToken() != null) throw new UnreadableUpload("The file continues after its array");
            if (inPart > 0) keep(part);
        } catch (JacksonException unreadable) {
            throw new UnreadableUpload("The file cannot be read as JSON from item " + rows + " on");
        }
    }

    private void keep(StringBuilder part) {
        table.addPart(tenant, job, parts++, part.append(']').toString());
        part.setLength(1);
    }
}
