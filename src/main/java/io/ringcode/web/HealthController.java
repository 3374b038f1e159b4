package io.ringcode.web;

import io.ringcode.database.DatabaseWatch;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Probes of platforms and proxies: a word, never the reason. */
@RestController
class HealthController {
    private final ApplicationAvailability availability;
    private final DatabaseWatch database;

    HealthController(ApplicationAvailability availability, DatabaseWatch database) {
        this.availability = availability;
        this.database = database;
    }

    /** Whether requests are better sent elsewhere; answered within a second. */
    @GetMapping({"/health", "/health/ready"})
    ResponseEntity<Map<String, Object>> ready() {
        var ready = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC && database.isReady();
        return ready ? answer(HttpStatus.OK, "UP") : answer(HttpStatus.SERVICE_UNAVAILABLE, "DOWN");
    }

    /** Whether the process is worth keeping, which no database decides; but for how long it has been of no use is told. */
    @GetMapping("/health/live")
    ResponseEntity<Map<String, Object>> live() {
        if (availability.getLivenessState() != LivenessState.CORRECT)
            return answer(HttpStatus.SERVICE_UNAVAILABLE, "DOWN");
        var body = new LinkedHashMap<String, Object>();
        body.put("status", "UP");
        database.awaySince().ifPresent(since -> body.put("cannot_serve_since", since.toString()));
        return answer(HttpStatus.OK, body);
    }

    private static ResponseEntity<Map<String, Object>> answer(HttpStatus status, String word) {
        return answer(status, Map.of("status", word));
    }

    private static ResponseEntity<Map<String, Object>> answer(HttpStatus status, Map<String, Object> body) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .body(body);
    }
}
