/** TeleSign: Messaging and Voice, signed requests and callbacks. */
@NullMarked
package io.ringcode.delivery.telesign;

import org.jspecify.annotations.NullMarked;
