package io.ringcode.web;

import java.io.IOException;
import org.apache.coyote.BadRequestException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;

/**
 * The caller sends its body, or takes its answer, too slowly or not at all. Its base class is what Tomcat passes over in silence,
 * since a caller's network is nothing that an operator could mend.
 */
final class ConnectionTooSlow extends BadRequestException implements ErrorResponse {
    ConnectionTooSlow(String what) {
        super(what);
    }

    ConnectionTooSlow(IOException cause) {
        super(cause);
    }

    @Override
    public HttpStatusCode getStatusCode() {
        return HttpStatus.REQUEST_TIMEOUT;
    }

    @Override
    public ProblemDetail getBody() {
        return ProblemDetail.forStatus(getStatusCode());
    }
}
