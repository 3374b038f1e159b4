/** Delivery receipts: webhooks of carriers checked, stored, and matched to the messages that they are about. */
@NullMarked
package io.ringcode.delivery.receipt;

import org.jspecify.annotations.NullMarked;
