package io.ringcode.myaccount;

import io.ringcode.json.JsonAnswer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bodies of answers, beside {@link MethodItem}. */
sealed interface MyAccountAnswer extends JsonAnswer {
    record Factors(List<Factor> factors) implements MyAccountAnswer {}

    record Factor(String type, List<String> usage) implements MyAccountAnswer {
        static Factor second(String type) {
            return new Factor(type, List.of("secondary"));
        }
    }

    record Methods(List<MethodItem> authenticationMethods) implements MyAccountAnswer {}

    /**
     * A method that waits to be confirmed.
     *
     * @param id null for a passkey, which gets one once it is made
     * @param barcodeUri of an app, as {@code manual_input_code}
     * @param recoveryCode shown this once
     * @param authnParamsPublicKey what the browser is to make, of a key or device
     */
    record Begun(
            @Nullable String id,
            String authSession,
            @Nullable String barcodeUri,
            @Nullable String manualInputCode,
            @Nullable String recoveryCode,
            @Nullable Map<String, Object> authnParamsPublicKey)
            implements MyAccountAnswer {
        static Begun plain(String id, String session) {
            return new Begun(id, session, null, null, null, null);
        }

        /** Without the secrets. */
        @Override
        public String toString() {
            return "Begun[" + id + "]";
        }
    }
}
