/** What files of the operator's say of end users' addresses: network, country, data centre. Nothing is asked over the network. */
@NullMarked
@ApplicationModule(allowedDependencies = {"schedule", "server :: settings"})
package io.ringcode.geoip;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
