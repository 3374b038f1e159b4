/** Tenants' accounts with carriers: what each carrier asks for, and the values that are stored, secrets sealed. */
@NullMarked
@NamedInterface("account")
package io.ringcode.delivery.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
