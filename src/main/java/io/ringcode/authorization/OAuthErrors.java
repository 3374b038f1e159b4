package io.ringcode.authorization;

import io.ringcode.batch.TooBusy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Refusals as JSON. No {@code WWW-Authenticate}: standard clients would turn the answer into another kind of error, and
 * {@code mfa_required} would never reach their callers.
 */
@RestControllerAdvice(annotations = OAuthDoor.class)
@Order(0)
class OAuthErrors {
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> write(OAuthRefused no) {
        var body = new LinkedHashMap<String, Object>();
        body.put("error", no.error().code());
        body.put("error_description", no.sentence());
        body.putAll(no.more());
        var response = ResponseEntity.status(HttpStatusCode.valueOf(no.error().status()))
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (no.retryAfter().isPositive())
            response.header(
                    HttpHeaders.RETRY_AFTER, Long.toString(no.retryAfter().toSeconds()));
        return response.body(body);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> write(TooBusy busy) {
        return write(new OAuthRefused(OAuthError.BUSY, TooBusy.RETRY_AFTER));
    }
}
