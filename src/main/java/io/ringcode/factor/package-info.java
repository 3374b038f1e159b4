/** Second factors: their kinds, the authenticators that users have bound, which of them count, and how guesses are counted. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "batch",
            "client",
            "fraud",
            "geoip",
            "phone",
            "secret",
            "tenant",
            "schedule",
            "user",
            "text"
        })
package io.ringcode.factor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
