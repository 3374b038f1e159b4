/** Where carriers report what became of messages: {@code /receipts/…}. */
@NullMarked
@ApplicationModule(allowedDependencies = {"delivery :: carrier", "delivery :: receipt", "tenant"})
package io.ringcode.receipt;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
