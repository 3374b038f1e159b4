package io.ringcode.delivery;

import java.time.Instant;
import java.util.List;

/** Who is asked next to carry a message. */
sealed interface Choice {
    /** @param passedOver those before it in the route, each as {@code name:reason} */
    record Ask(String provider, List<String> passedOver) implements Choice {}

    /**
     * Nobody now.
     *
     * @param until when one of them may be asked again, at the earliest
     */
    record Wait(Instant until, List<String> passedOver) implements Choice {}

    /** Nobody, ever. */
    record Nobody(List<String> passedOver) implements Choice {}
}
