/** The history of each message for administrators: its attempts and receipts. */
@NullMarked
@NamedInterface("ledger")
package io.ringcode.delivery.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
