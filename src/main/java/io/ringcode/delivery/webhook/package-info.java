/** A customer's own endpoint, signed by the Standard Webhooks specification. */
@NullMarked
package io.ringcode.delivery.webhook;

import org.jspecify.annotations.NullMarked;
