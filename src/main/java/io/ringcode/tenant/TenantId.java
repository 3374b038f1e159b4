package io.ringcode.tenant;

/** A tenant's name, such as {@code default}. Every query takes one. */
public record TenantId(String value) {
    /** Answers where no tenant's domain fits the request's host. */
    public static final TenantId DEFAULT = new TenantId("default");
}
