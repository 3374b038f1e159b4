/** The description of the whole API, made from the routes: as OpenAPI 3.1, and as a page. */
@NullMarked
@ApplicationModule(allowedDependencies = {"json", "login", "management", "management :: json", "server :: settings"})
package io.ringcode.reference;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
