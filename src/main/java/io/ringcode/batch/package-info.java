/** Group commit: what many callers write at the same time becomes one transaction; and what is said when there is too much. */
@NullMarked
@ApplicationModule(allowedDependencies = {"database", "trace"})
package io.ringcode.batch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
