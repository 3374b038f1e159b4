package io.ringcode.login;

import io.ringcode.database.DatabaseTrouble;
import io.ringcode.database.DatabaseWatch;
import io.ringcode.login.authorize.Unanswerable;
import io.ringcode.login.page.EndScreen.Failure;
import io.ringcode.login.page.EndScreen.Trouble;
import io.ringcode.login.step.LoginGone;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Error pages for what no application can be told. */
@ControllerAdvice(annotations = LoginDoor.class)
@Order(0)
class LoginErrors {
    private static final Logger log = LoggerFactory.getLogger(LoginErrors.class);

    private final PageWriter pages;
    private final DatabaseWatch database;

    LoginErrors(PageWriter pages, DatabaseWatch database) {
        this.pages = pages;
        this.database = database;
    }

    @ExceptionHandler
    void write(LoginGone gone, HttpServletRequest request, HttpServletResponse response) throws IOException {
        pages.write(request, response, 400, new Failure(Trouble.GONE, null));
    }

    @ExceptionHandler
    void write(Unanswerable wrong, HttpServletRequest request, HttpServletResponse response) throws IOException {
        pages.write(request, response, 400, new Failure(Trouble.BAD_REQUEST, wrong.getMessage()));
    }

    @ExceptionHandler
    void write(InvalidParameterException unreadable, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        pages.write(request, response, 400, new Failure(Trouble.BAD_REQUEST, "The parameters cannot be read."));
    }

    @ExceptionHandler
    void write(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (failure instanceof ErrorResponse known) {
            pages.write(request, response, known.getStatusCode().value(), new Failure(Trouble.BAD_REQUEST, null));
            return;
        }
        var trouble = DatabaseTrouble.of(failure);
        if (trouble != null) {
            database.met(trouble, failure);
            WaitingPage.write(pages, request, response);
            return;
        }
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        pages.write(request, response, 500, new Failure(Trouble.SERVER, null));
    }
}
