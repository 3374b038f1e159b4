package io.ringcode.delivery.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.secret.Macs;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code X-Twilio-Signature}: HMAC-SHA1 of the address and all form fields in order, or of the address alone where that
 * carries the body's hash (Twilio's "Security" page).
 */
final class TwilioSignature {
    private TwilioSignature() {}

    static boolean isOf(VendorCall call, String authToken) {
        var hash = call.query().get("bodySHA256");
        if (hash != null && !Macs.same(hash, Macs.hex(Macs.digest("SHA-256", call.body())))) return false;
        var fields = hash == null ? call.form() : Map.<String, String>of();
        var data = new StringBuilder();
        new TreeMap<>(fields).forEach((name, value) -> data.append(name).append(value));
        var told = call.header("x-twilio-signature");
        var fits = false;
        for (var url : spellings(call.url())) fits |= Macs.same(told, signature(authToken, url + data));
        return fits;
    }

    private static String signature(String authToken, String data) {
        var mac = Macs.mac("HmacSHA1", authToken.getBytes(UTF_8), data.getBytes(UTF_8));
        return Base64.getEncoder().encodeToString(mac);
    }

    /** Twilio is not of one mind about ports: as called, with the usual one, and without any. */
    private static Set<String> spellings(URI url) {
        var rest = (url.getRawPath() == null ? "" : url.getRawPath())
                + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        var origin = url.getScheme() + "://" + url.getHost();
        var usual = url.getScheme().equals("https") ? 443 : 80;
        var port = url.getPort() == -1 ? usual : url.getPort();
        var spellings = new LinkedHashSet<String>();
        spellings.add(url.toString());
        spellings.add(origin + ":" + port + rest);
        spellings.add(origin + rest);
        return spellings;
    }
}
