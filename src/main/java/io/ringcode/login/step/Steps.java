package io.ringcode.login.step;

import io.ringcode.session.Login;
import io.ringcode.session.Logins;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** The stored step of each sign-in. */
@Component
public class Steps {
    private final Logins logins;
    private final ObjectMapper json;

    Steps(Logins logins, ObjectMapper json) {
        this.logins = logins;
        this.json = json;
    }

    /** @return null while the first factor is due */
    @Nullable
    public Step of(Login login) {
        var progress = login.progress();
        return progress == null ? null : json.readValue(progress, Step.class);
    }

    /** As it is now, held until the end of the transaction; empty where it has moved on from this step. */
    Optional<Login> holdAt(Login login, Step step) {
        return logins.hold(login).filter(now -> !now.done() && step.equals(of(now)));
    }

    public Login store(Login login, Step step) {
        var stored = login.at(json.writerFor(Step.class).writeValueAsString(step));
        logins.save(stored);
        return stored;
    }
}
