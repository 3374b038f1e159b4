package io.ringcode.management.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.job.Upload;
import io.ringcode.management.json.ManagementRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;
import org.jspecify.annotations.Nullable;

/** The fields of an import's multipart form, in any order. The file is read as it arrives and never lies on a disk. */
record ImportForm(
        String connectionId, boolean upsert, @Nullable String externalId) {
    private static final long LARGEST = 1L << 30;
    private static final int LONGEST_FIELD = 1024;

    static ImportForm read(HttpServletRequest request, Upload upload) throws IOException {
        String connection = null;
        String external = null;
        var upsert = false;
        var seen = false;
        try {
            var reader = new FileUpload();
            reader.setSizeMax(LARGEST);
            var context = new ServletRequestContext(request);
            var type = request.getContentType();
            if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data"))
                throw ManagementRefused.multipart();
            for (var items = reader.getItemIterator(context); items.hasNext(); ) {
                var item = items.next();
                switch (item.getFieldName()) {
                    case "users" -> {
                        if (seen) throw ManagementRefused.body("users", "There is more than one file");
                        seen = true;
                        try (var users = item.openStream()) {
                            upload.read(users);
                        }
                    }
                    case "connection_id" -> connection = text(item);
                    case "external_id" -> external = text(item);
                    case "upsert" -> upsert = flag(item);
                    case "send_completion_email" -> flag(item);
                    case null, default -> throw ManagementRefused.body("(form)", "There is an unknown field");
                }
            }
        } catch (SizeException tooLarge) {
            throw ManagementRefused.body("users", "The file is larger than 1 GiB");
        } catch (FileUploadException unreadable) {
            throw ManagementRefused.body("The multipart form cannot be read");
        }
        if (!seen) throw ManagementRefused.body("users", "Missing required property: users");
        if (connection == null)
            throw ManagementRefused.body("connection_id", "Missing required property: connection_id");
        return new ImportForm(connection, upsert, external);
    }

    private static boolean flag(FileItemStream item) throws IOException {
        return switch (text(item)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ManagementRefused.body(item.getFieldName(), "Expected type boolean");
        };
    }

    private static String text(FileItemStream item) throws IOException {
        try (InputStream field = item.openStream()) {
            var bytes = field.readNBytes(LONGEST_FIELD + 1);
            if (bytes.length > LONGEST_FIELD) throw ManagementRefused.body(item.getFieldName(), "Is too long");
            return new String(bytes, UTF_8);
        }
    }
}
