package io.ringcode.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.delivery.carrier.ReceiptAddresses;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.delivery.receipt.Receipts;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Takes a carrier's call as it came, byte for byte: signatures are made over bytes. */
@RestController
class ReceiptsController {
    private static final int LARGEST = 256 * 1024;

    private final Receipts receipts;
    private final ReceiptAddresses addresses;
    private final Tenants tenants;
    private final Clock clock;

    ReceiptsController(Receipts receipts, ReceiptAddresses addresses, Tenants tenants, Clock clock) {
        this.receipts = receipts;
        this.addresses = addresses;
        this.tenants = tenants;
        this.clock = clock;
    }

    @RequestMapping(
            path = ReceiptAddresses.PATH,
            method = {RequestMethod.GET, RequestMethod.POST})
    ResponseEntity<byte[]> receive(@PathVariable String carrier, @PathVariable String token, HttpServletRequest request)
            throws IOException {
        var tenant = tenants.ofHost(request.getServerName());
        var known = receipts.isAddress(tenant, carrier, token);
        var body = known ? request.getInputStream().readNBytes(LARGEST + 1) : new byte[0];
        if (body.length > LARGEST) return ResponseEntity.status(413).build();
        var query = request.getQueryString();
        var url = addresses.called(tenant, request.getRequestURI() + (query == null ? "" : "?" + query));
        if (url.isEmpty()) return ResponseEntity.notFound().build();
        var call = new VendorCall(request.getMethod(), url.get(), headers(request), body, clock.instant());
        var reply = receipts.receive(tenant, carrier, token, call);
        var answer = ResponseEntity.status(reply.status());
        if (reply.contentType() != null) answer.header(HttpHeaders.CONTENT_TYPE, reply.contentType());
        return answer.body(reply.body().getBytes(UTF_8));
    }

    /** Of a repeated one the first. */
    private static Map<String, String> headers(HttpServletRequest request) {
        var headers = new HashMap<String, String>();
        for (var name : Collections.list(request.getHeaderNames()))
            headers.putIfAbsent(name.toLowerCase(Locale.ROOT), request.getHeader(name));
        return headers;
    }
}
