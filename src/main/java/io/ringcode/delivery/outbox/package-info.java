/** The outbox: messages stored, claimed under a lease, sent, retried with backoff, and deleted when they are old. */
@NullMarked
package io.ringcode.delivery.outbox;

import org.jspecify.annotations.NullMarked;
