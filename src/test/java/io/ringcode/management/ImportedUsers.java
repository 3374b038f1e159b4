package io.ringcode.management;

import io.ringcode.Answer;
import io.ringcode.client.Connections;
import io.ringcode.server.Eventually;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The import of users, as an administrator's program does it. */
public record ImportedUsers(Admin admin) {

    /** @param users each a row */
    public Answer run(List<?> users) throws Exception {
        return run(users, "false");
    }

    /** @param upsert whether users who are there are changed */
    public Answer run(List<?> users, String upsert) throws Exception {
        return ended(begin(users, upsert));
    }

    /** @return the job, which goes on */
    Answer begin(List<?> users, String upsert) {
        var connection = admin.get("/connections?name=" + Connections.DEFAULT)
                .body()
                .path(0)
                .path("id")
                .asString();
        var form = "--line\r\nContent-Disposition: form-data; name=\"users\"; filename=\"u.json\"\r\n"
                + "Content-Type: application/json\r\n\r\n" + JsonMapper.shared().writeValueAsString(users) + "\r\n"
                + "--line\r\nContent-Disposition: form-data; name=\"connection_id\"\r\n\r\n" + connection
                + "\r\n--line\r\nContent-Disposition: form-data; name=\"upsert\"\r\n\r\n" + upsert
                + "\r\n--line--\r\n";
        var tenant = admin.tenant();
        return tenant.send(tenant.request("/api/v2/jobs/users-imports", admin.token())
                .header("Content-Type", "multipart/form-data; boundary=line")
                .POST(BodyPublishers.ofString(form)));
    }

    Answer ended(Answer begun) throws Exception {
        var seen = new Answer[] {begun};
        Eventually.holds("the import's end", () -> {
            seen[0] = admin.get("/jobs/" + begun.text("id"));
            return seen[0].text("status").equals("completed");
        });
        return seen[0];
    }

    public String errors(Answer job) {
        return admin.get("/jobs/" + job.text("id") + "/errors").body().toString();
    }
}
