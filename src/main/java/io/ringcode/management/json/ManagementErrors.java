package io.ringcode.management.json;

import io.ringcode.batch.TooBusy;
import io.ringcode.json.InvalidBody;
import io.ringcode.management.ManagementEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns refusals into error responses of the Management API's shape. */
@RestControllerAdvice(basePackageClasses = ManagementEvent.class)
@Order(0)
class ManagementErrors {
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> write(InvalidBody unfit) {
        return write(ManagementRefused.of(unfit));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> write(ManagementRefused no) {
        var body = new LinkedHashMap<String, Object>();
        body.put("statusCode", no.status().value());
        body.put("error", no.status().getReasonPhrase());
        body.put("message", no.sentence());
        if (no.errorCode() != null) body.put("errorCode", no.errorCode());
        return ResponseEntity.status(no.status())
                .headers(headers -> {
                    if (no.retryAfter() != null) headers.set(HttpHeaders.RETRY_AFTER, no.retryAfter());
                })
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> write(TooBusy busy) {
        var status = HttpStatus.SERVICE_UNAVAILABLE;
        var body = new LinkedHashMap<String, Object>();
        body.put("statusCode", status.value());
        body.put("error", status.getReasonPhrase());
        body.put("message", TooBusy.SENTENCE);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.RETRY_AFTER, Long.toString(TooBusy.RETRY_AFTER.toSeconds()))
                .body(body);
    }
}
