/** Typed JSON bodies: a record is the schema that validates a request's body and describes it in OpenAPI. */
@NullMarked
@ApplicationModule(allowedDependencies = "text")
package io.ringcode.json;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
