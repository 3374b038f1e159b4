package io.ringcode.console;

import io.ringcode.batch.TooBusy;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.View;
import io.ringcode.database.DatabaseTrouble;
import io.ringcode.database.DatabaseWatch;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Error pages of the console. */
@ControllerAdvice(basePackageClasses = ConsoleErrors.class)
@Order(0)
class ConsoleErrors {
    private static final Logger log = LoggerFactory.getLogger(ConsoleErrors.class);

    private final ConsolePages pages;
    private final DatabaseWatch database;

    ConsoleErrors(ConsolePages pages, DatabaseWatch database) {
        this.pages = pages;
        this.database = database;
    }

    @ExceptionHandler({TypeMismatchException.class, InvalidParameterException.class})
    void write(Exception unreadable, HttpServletResponse response) throws IOException {
        pages.write(response, 400, new View.Stop("The request cannot be read. Go back and try again.", false));
    }

    @ExceptionHandler
    void write(TooBusy busy, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(TooBusy.RETRY_AFTER.toSeconds()));
        pages.write(response, 503, new View.Stop("The server is busy. Go back and try again in a moment.", false));
    }

    @ExceptionHandler
    void write(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (failure instanceof ErrorResponse known) {
            var status = known.getStatusCode().value();
            pages.write(response, status, new View.Stop("There is no such page.", false));
            return;
        }
        var trouble = DatabaseTrouble.of(failure);
        if (trouble != null) {
            database.met(trouble, failure);
            unavailable(request, response);
            return;
        }
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        pages.write(response, 500, new View.Stop("Something went wrong on the server. See the server's log.", false));
    }

    /** What was only looked at is looked at again by itself; a form is not sent twice. */
    private void unavailable(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, "" + DatabaseTrouble.RETRY_AFTER.toSeconds());
        var looking = request.getMethod().equals("GET");
        if (looking) response.setHeader("Refresh", "2");
        var next = looking ? " This page tries again by itself." : " Go back and try again in a moment.";
        pages.write(response, 503, new View.Stop("The database cannot be reached right now." + next, false));
    }
}
