/** What a carrier is to this server: the provider that sends, the receipts that it reports, and its answers as types. */
@NullMarked
@NamedInterface("carrier")
package io.ringcode.delivery.carrier;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
