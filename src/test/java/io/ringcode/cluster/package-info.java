/** A highly available PostgreSQL on loopback: etcd, Patroni and HAProxy, the last also before servers of ours, as Debian's packages install them. */
@NullMarked
package io.ringcode.cluster;

import org.jspecify.annotations.NullMarked;
