/** https: the certificate of the operator, or one of a local certificate authority. */
@NullMarked
package io.ringcode.server.tls;

import org.jspecify.annotations.NullMarked;
