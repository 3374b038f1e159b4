package io.ringcode.localphone;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;
import static org.springframework.http.MediaType.TEXT_HTML_VALUE;

import io.ringcode.mail.Mailbox;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The mailbox beside the local phone: mails of tenants that have no mail server, for people and for programs. */
@RestController
@WithLocalPhone
class MailboxController {
    private static final int MOST = 50;

    private final Mailbox mailbox;
    private final Tenants tenants;

    MailboxController(Mailbox mailbox, Tenants tenants) {
        this.mailbox = mailbox;
        this.tenants = tenants;
    }

    record Mail(String to, String subject, String text, String at) {}

    @GetMapping(path = "/dev/mailbox", produces = TEXT_HTML_VALUE)
    ResponseEntity<String> page(HttpServletRequest request) {
        var mails = arrived(request).stream().map(ArrivedMail::of).toList();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", PhoneController.POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .body(ArrivedMail.page(mails));
    }

    @GetMapping(path = "/dev/mailbox/messages", produces = APPLICATION_JSON_VALUE)
    ResponseEntity<List<Mail>> messages(HttpServletRequest request) {
        var mails = arrived(request).stream()
                .map(mail -> new Mail(
                        mail.to(), mail.subject(), mail.text(), mail.at().toString()))
                .toList();
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(mails);
    }

    private List<Mailbox.Mail> arrived(HttpServletRequest request) {
        return mailbox.newestFirst(tenants.ofHost(request.getServerName()), MOST);
    }
}
