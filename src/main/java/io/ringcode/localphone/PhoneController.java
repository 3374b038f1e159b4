package io.ringcode.localphone;

import static org.springframework.http.MediaType.TEXT_HTML_VALUE;

import io.ringcode.delivery.builtin.Inbox;
import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What arrived, for people. */
@RestController
@WithLocalPhone
class PhoneController {
    private static final int MOST = 200;

    /** A message is a stranger's text: whatever it says, nothing runs and nothing is fetched from elsewhere. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Inbox inbox;
    private final Tenants tenants;

    PhoneController(Inbox inbox, Tenants tenants) {
        this.inbox = inbox;
        this.tenants = tenants;
    }

    @GetMapping(path = "/dev/phone", produces = TEXT_HTML_VALUE)
    ResponseEntity<String> page(HttpServletRequest request, @RequestParam @Nullable String to) {
        var tenant = tenants.ofHost(request.getServerName());
        var messages =
                inbox.newestFirst(tenant, null, MOST).stream().map(Arrived::of).toList();
        var sender = TenantProfile.of(tenants.settings(tenant)).nameOf(tenant);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .body(new PhonePage(messages, chosen(to), sender).html());
    }

    @GetMapping("/dev/phone/phone.{kind:css|js|svg}")
    ResponseEntity<Resource> file(@PathVariable String kind) {
        var type = switch (kind) {
            case "css" -> "text/css;charset=UTF-8";
            case "js" -> "text/javascript;charset=UTF-8";
            default -> "image/svg+xml";
        };
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .header("X-Content-Type-Options", "nosniff")
                .contentType(MediaType.parseMediaType(type))
                .body(new ClassPathResource("phone." + kind, PhoneController.class));
    }

    /** A mistyped number in the address bar shows the list. */
    private static @Nullable PhoneNumber chosen(@Nullable String to) {
        try {
            return to == null ? null : new PhoneNumber(to);
        } catch (InvalidPhoneNumber _) {
            return null;
        }
    }
}
