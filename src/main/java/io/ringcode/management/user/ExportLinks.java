package io.ringcode.management.user;

import io.ringcode.authorization.Callers;
import io.ringcode.job.Job;
import io.ringcode.job.Jobs;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Where an export is fetched: a sealed link that is good for a minute and needs no token beside it. */
@RestController
class ExportLinks {
    private static final Duration LIFE = Duration.ofMinutes(1);

    private final Jobs jobs;
    private final Callers callers;
    private final Sealer sealer;
    private final Clock clock;

    ExportLinks(Jobs jobs, Callers callers, Keyring keys, Clock clock) {
        this.jobs = jobs;
        this.callers = callers;
        this.sealer = keys.sealer("export-link");
        this.clock = clock;
    }

    String of(Job job, String issuer) {
        var until = clock.instant().plus(LIFE).getEpochSecond();
        return issuer + "exports/"
                + sealer.sealToken(until + " " + job.id(), job.tenant().value());
    }

    @GetMapping("/exports/{link}")
    void fetch(@PathVariable String link, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var tenant = callers.tenant(request);
        var job = sealer.openToken(link, tenant.value())
                .map(text -> text.split(" ", 2))
                .filter(parts -> clock.instant().getEpochSecond() < Long.parseLong(parts[0]))
                .flatMap(parts -> jobs.find(tenant, parts[1]))
                .orElseThrow(
                        () -> ManagementRefused.missing(null, "The link has expired. Read the job for a new one."));
        var name = job.id() + ("csv".equals(job.options().format()) ? ".csv.gz" : ".json.gz");
        response.setContentType("application/gzip");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        jobs.write(job, response.getOutputStream());
    }
}
