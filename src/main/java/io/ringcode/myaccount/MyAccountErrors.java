package io.ringcode.myaccount;

import io.ringcode.authorization.OAuthRefused;
import io.ringcode.batch.TooBusy;
import io.ringcode.json.InvalidBody;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns refusals into error responses of the My Account API's shape (RFC 9457's members, as {@code application/json}). */
@RestControllerAdvice(assignableTypes = MyAccountController.class)
@Order(0)
class MyAccountErrors {
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> write(MyAccountRefused no) {
        return answer(no.error(), no.detail(), no.retryAfter(), null);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> write(InvalidBody unfit) {
        var property = unfit.property();
        var wrong = new LinkedHashMap<String, Object>();
        wrong.put("detail", unfit.reason());
        if (property != null) {
            wrong.put("field", property);
            wrong.put("pointer", "/" + property.replace('.', '/'));
        }
        return answer(MyAccountError.VALIDATION, "Invalid request payload input", Duration.ZERO, List.of(wrong));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> write(OAuthRefused no) {
        return answer(MyAccountError.of(no.error().status()), no.sentence(), no.retryAfter(), null);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> write(TooBusy busy) {
        return answer(MyAccountError.UNAVAILABLE, TooBusy.SENTENCE, TooBusy.RETRY_AFTER, null);
    }

    private static ResponseEntity<Map<String, Object>> answer(
            MyAccountError error, String detail, Duration retryAfter, @Nullable List<Map<String, Object>> wrong) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", error.type());
        body.put("status", error.status());
        body.put("title", error.title());
        body.put("detail", detail);
        if (wrong != null) body.put("validation_errors", wrong);
        return ResponseEntity.status(error.status())
                .headers(headers -> {
                    if (retryAfter.isPositive())
                        headers.set(
                                HttpHeaders.RETRY_AFTER,
                                Long.toString(retryAfter.plusNanos(999_999_999).toSeconds()));
                    if (error.status() == 401)
                        headers.set(
                                HttpHeaders.WWW_AUTHENTICATE,
                                error == MyAccountError.MISSING_TOKEN ? "Bearer" : "Bearer error=\"invalid_token\"");
                })
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
