package io.ringcode.login.step;

import io.ringcode.challenge.WebAuthnCeremony;
import io.ringcode.challenge.WebAuthnCreation;
import io.ringcode.challenge.WebAuthnCreation.Attachment;
import io.ringcode.user.Users;
import java.util.LinkedHashMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** What a browser is asked to make or to sign, as {@code PublicKeyCredentialCreationOptionsJSON} and {@code …RequestOptionsJSON}. */
@Component
class WebAuthnOptions {
    private final FactorPolicy policy;
    private final WebAuthnCreation creation;
    private final Users users;
    private final ObjectMapper json;

    WebAuthnOptions(FactorPolicy policy, WebAuthnCreation creation, Users users, ObjectMapper json) {
        this.policy = policy;
        this.creation = creation;
        this.users = users;
        this.json = json;
    }

    String creation(PageRequest page, WebAuthnCeremony ceremony) {
        var user = users.find(page.tenant(), page.user()).orElseThrow(() -> new LoginGone());
        return json.writeValueAsString(creation.options(user, ceremony, Attachment.of(ceremony.kind())));
    }

    String request(PageRequest page, WebAuthnCeremony ceremony) {
        var ofKind = policy.of(page).authenticators().stream()
                .filter(one -> one.kind() == ceremony.kind())
                .toList();
        var options = new LinkedHashMap<String, Object>();
        options.put("challenge", ceremony.challenge());
        options.put("timeout", creation.left(ceremony));
        options.put("rpId", ceremony.relyingParty());
        options.put("allowCredentials", WebAuthnCreation.descriptors(ofKind, ceremony));
        options.put("userVerification", ceremony.userVerification());
        return json.writeValueAsString(options);
    }
}
