package io.ringcode.console.user;

import io.ringcode.console.api.ApiClient;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Links;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.View;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The list of administrators, and invitations for more. */
@Controller
class AdministratorPages {
    private static final String ADMINISTRATORS = "/administrators";

    private final ApiClient api;
    private final ConsolePages pages;
    private final Tenants tenants;

    AdministratorPages(ApiClient api, ConsolePages pages, Tenants tenants) {
        this.api = api;
        this.pages = pages;
        this.tenants = tenants;
    }

    @GetMapping("/console/administrators")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, null, null);
    }

    @PostMapping("/console/administrators/link")
    void link(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var answer = api.call(request, response, "POST", ADMINISTRATORS + "/links", Map.of());
        if (answer.isGood())
            show(request, response, null, answer.body().path("url").asString(""));
        else show(request, response, answer, null);
    }

    @PostMapping("/console/administrators/{id}/remove")
    void remove(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var answer = api.call(request, response, "DELETE", ADMINISTRATORS + "/" + Links.part(id), null);
        if (answer.isGood()) ConsolePages.seeOther(response, "/console/administrators?said=removed");
        else show(request, response, answer, null);
    }

    private void show(
            HttpServletRequest request, HttpServletResponse response, @Nullable Answer refused, @Nullable String link)
            throws IOException {
        var list = api.call(request, response, "GET", ADMINISTRATORS, null);
        var wrong = refused == null && !list.isGood() ? list : refused;
        pages.write(
                response,
                wrong == null ? 200 : 400,
                new View.Administrators(
                        PageFrame.of(request, tenants, "administrators", wrong == null ? null : wrong.problem()),
                        list.isGood() ? list.body() : list.body().path("none"),
                        link));
    }
}
