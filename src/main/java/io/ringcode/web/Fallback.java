package io.ringcode.web;

import io.ringcode.database.DatabaseTrouble;
import io.ringcode.database.DatabaseWatch;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** What no door answers, as JSON in the shape of the API that was asked, and never with a reason from inside. */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
@RestController
class Fallback implements ErrorController {
    private static final Logger log = LoggerFactory.getLogger(Fallback.class);

    private final Strays strays;
    private final DatabaseWatch database;

    Fallback(Clock clock, DatabaseWatch database) {
        this.strays = new Strays(clock);
        this.database = database;
    }

    /** @return null where nobody is left to answer, for a browser has closed the page that follows events */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Map<String, Object>> write(Exception failure, HttpServletRequest request) {
        if (failure instanceof AsyncRequestNotUsableException) return null;
        if (failure instanceof ErrorResponse known)
            return answer(HttpStatus.valueOf(known.getStatusCode().value()), request.getRequestURI());
        if (failure instanceof InvalidParameterException unreadable)
            return answer(status(unreadable), request.getRequestURI());
        // What the body is, not what it is read by: only the actuator's endpoints let Spring read it.
        if (failure instanceof HttpMessageNotReadableException)
            return answer(HttpStatus.BAD_REQUEST, request.getRequestURI());
        var trouble = DatabaseTrouble.of(failure);
        if (trouble != null) {
            database.met(trouble, failure);
            return away(request.getRequestURI());
        }
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        return answer(HttpStatus.INTERNAL_SERVER_ERROR, request.getRequestURI());
    }

    /** What the servlet container refuses by itself, such as a path that it cannot read. */
    @RequestMapping("/error")
    ResponseEntity<Map<String, Object>> write(HttpServletRequest request) {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatus.resolve(code)
                : HttpStatus.NOT_FOUND;
        var path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri ? uri : "";
        return answer(status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status, path);
    }

    private ResponseEntity<Map<String, Object>> away(String path) {
        var status = HttpStatus.SERVICE_UNAVAILABLE;
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.RETRY_AFTER, "" + DatabaseTrouble.RETRY_AFTER.toSeconds())
                .body(body(status, path, DatabaseTrouble.SENTENCE));
    }

    private ResponseEntity<Map<String, Object>> answer(HttpStatus status, String path) {
        if (status == HttpStatus.NOT_FOUND) strays.note();
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body(status, path, sentence(status)));
    }

    private static Map<String, Object> body(HttpStatus status, String path, String sentence) {
        var body = new LinkedHashMap<String, Object>();
        if (path.startsWith("/api/v2")) {
            body.put("statusCode", status.value());
            body.put("error", status.getReasonPhrase());
            body.put("message", sentence);
            if (status == HttpStatus.NOT_FOUND) body.put("errorCode", "invalid_uri");
        } else if (path.startsWith("/me/")) {
            body.put("type", "https://auth0.com/api-errors#A0E-" + status.value() + "-0001");
            body.put("status", status.value());
            body.put("title", status.getReasonPhrase());
            body.put("detail", sentence);
        } else {
            body.put("error", code(status));
            body.put("error_description", sentence);
        }
        return body;
    }

    private static HttpStatus status(InvalidParameterException unreadable) {
        var status = HttpStatus.resolve(unreadable.getErrorCode());
        return status == null || !status.is4xxClientError() ? HttpStatus.BAD_REQUEST : status;
    }

    private static String code(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "not_found";
            case METHOD_NOT_ALLOWED -> "method_not_allowed";
            case SERVICE_UNAVAILABLE -> "temporarily_unavailable";
            default -> status.is5xxServerError() ? "server_error" : "invalid_request";
        };
    }

    private static String sentence(@Nullable HttpStatus status) {
        if (status == null) return "The request failed.";
        return switch (status) {
            case NOT_FOUND -> "Not Found";
            case METHOD_NOT_ALLOWED -> "This method is not allowed here.";
            case UNSUPPORTED_MEDIA_TYPE -> "This content type is not understood here.";
            case CONTENT_TOO_LARGE -> "The body is too large.";
            case REQUEST_TIMEOUT -> "The request came too slowly.";
            default ->
                status.is5xxServerError()
                        ? "The server failed. The operator finds why in its log."
                        : "The request is malformed.";
        };
    }
}
