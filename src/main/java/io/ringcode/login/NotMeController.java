package io.ringcode.login;

import io.ringcode.authorization.Callers;
import io.ringcode.authorization.Issuers;
import io.ringcode.fraud.PageGuard;
import io.ringcode.login.authorize.Unanswerable;
import io.ringcode.login.page.EndScreen.Denial;
import io.ringcode.login.page.EndScreen.NotMe;
import io.ringcode.tenant.Origin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** "Not me": where the link in a notice leads. The page does nothing until its button is pressed. */
@LoginDoor
@Controller
class NotMeController {
    private static final String AT = "/u/not-me";

    private final Callers callers;
    private final Issuers issuers;
    private final io.ringcode.notice.NotMe notMe;
    private final PageGuard guard;
    private final PageWriter pages;
    private final Clock clock;

    NotMeController(
            Callers callers,
            Issuers issuers,
            io.ringcode.notice.NotMe notMe,
            PageGuard guard,
            PageWriter pages,
            Clock clock) {
        this.callers = callers;
        this.issuers = issuers;
        this.notMe = notMe;
        this.guard = guard;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping(AT)
    void look(@RequestParam(defaultValue = "") String t, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var good = notMe.isGood(callers.tenant(request), t);
        pages.write(request, response, 200, new NotMe(good ? Denial.ASKED : Denial.OVER, t));
    }

    @PostMapping(AT)
    void protect(@RequestParam(defaultValue = "") String t, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!SameOriginForms.sent(request, issuers.of(request))) throw new Unanswerable(SameOriginForms.REFUSED);
        var tenant = callers.tenant(request);
        var ip = request.getRemoteAddr();
        var origin = new Origin(ip, true, null, request.getServerName());
        if (guard.admit(tenant, origin, clock.instant()).isPresent())
            throw new Unanswerable("Too many requests came from this address.");
        var done = notMe.protect(tenant, t, ip);
        pages.write(request, response, 200, new NotMe(done ? Denial.DONE : Denial.OVER, ""));
    }
}
