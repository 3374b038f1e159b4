package io.ringcode.console;

import io.ringcode.administrator.Administrators;
import io.ringcode.authorization.Callers;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.View;
import io.ringcode.login.AdministratorSignIn;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The page at the server's bare address: it leads an administrator to the console, and tells everybody else what this is. */
@Controller
class FrontPage {
    private final AdministratorSignIn signIn;
    private final Administrators administrators;
    private final Callers callers;
    private final Tenants tenants;
    private final ConsolePages pages;

    FrontPage(
            AdministratorSignIn signIn,
            Administrators administrators,
            Callers callers,
            Tenants tenants,
            ConsolePages pages) {
        this.signIn = signIn;
        this.administrators = administrators;
        this.callers = callers;
        this.tenants = tenants;
        this.pages = pages;
    }

    @GetMapping("/")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var tenant = callers.tenant(request);
        var scopes = signIn.of(request).flatMap(session -> administrators.scopes(session.tenant(), session.user()));
        if (scopes.isPresent()) {
            ConsolePages.seeOther(response, "/console");
            return;
        }
        var name = TenantProfile.of(tenants.settings(tenant)).nameOf(tenant);
        pages.write(response, 200, new View.Front(name));
    }
}
