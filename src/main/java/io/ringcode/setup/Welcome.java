package io.ringcode.setup;

import io.ringcode.server.settings.Settings;
import io.ringcode.server.storage.DataFolder;
import java.io.PrintStream;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the operator, at the first start only, what was made and what to do next. */
@Component
class Welcome {
    private final FirstStart firstStart;
    private final Settings settings;
    private final DataFolder data;

    Welcome(FirstStart firstStart, Settings settings, DataFolder data) {
        this.firstStart = firstStart;
        this.settings = settings;
        this.data = data;
    }

    @EventListener
    void on(ApplicationReadyEvent ready) {
        var made = firstStart.made();
        if (made.isEmpty()) return;
        var publicUrl = settings.publicUrl();
        var port =
                ready.getApplicationContext() instanceof WebServerApplicationContext web && web.getWebServer() != null
                        ? web.getWebServer().getPort()
                        : settings.port();
        var address = publicUrl == null ? "http://localhost:" + port : publicUrl.toString();
        print(System.out, made.get(), address);
    }

    @SuppressWarnings("SystemOut")
    private void print(PrintStream out, Credentials made, String address) {
        out.println();
        var management = made.management();
        if (management != null || made.demo() != null)
            out.println("Ringcode is ready at " + address + "/ for the first time.");
        if (management != null) {
            out.println();
            out.println("  Management client   " + management.id());
            out.println("  Its secret          " + management.secret());
            out.println("  Shown this once; kept in " + Credentials.managementFile(data));
        }
        var demo = made.demo();
        if (demo != null) {
            out.println();
            out.println("  Demo user           " + demo.username() + ", password " + demo.password());
            out.println(
                    "  Demo application    " + demo.client().id() + "; its secret is in " + Credentials.demoFile(data));
            out.println("  The local phone     " + address + "/dev/phone");
            out.println();
            out.println("  Try a sign-in:");
            out.println("    . " + Credentials.demoFile(data));
            out.println("    curl " + address + "/oauth/token -d grant_type=password -d client_id=$CLIENT_ID \\");
            out.println(
                    "      -d client_secret=$CLIENT_SECRET -d username=$USERNAME -d password=$PASSWORD -d scope=openid");
        } else if (management != null) {
            out.println();
            out.println("  Next: switch the phone factor on through " + address + "/api/v2/ (docs/first-steps.md),");
            out.println("  or start with --demo in another data folder to see a whole sign-in.");
        }
        if (made.administratorLink() != null) {
            out.println();
            out.println("  The console, for its first administrator (good once, for a week):");
            out.println("    " + address + "/console/first?token=" + made.administratorLink());
        }
        out.println();
    }
}
