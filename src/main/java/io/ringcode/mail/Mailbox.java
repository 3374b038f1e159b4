package io.ringcode.mail;

import io.ringcode.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** The mailbox of development: where mails arrive while a tenant has no mail server. */
@Component
public class Mailbox {
    private final MailTable table;

    Mailbox(MailTable table) {
        this.table = table;
    }

    /** A mail that arrived. */
    public record Mail(String id, String to, String subject, String text, Instant at) {
        @Override
        public String toString() {
            return "Mail[" + id + "]";
        }
    }

    public List<Mail> newestFirst(TenantId tenant, int most) {
        return table.newestFirst(tenant, most);
    }
}
