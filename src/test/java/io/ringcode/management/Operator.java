package io.ringcode.management;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.tenant.TenantId;

/** Whoever runs the shared server: a management client of its default tenant. */
final class Operator {
    private static final String NAME = "operator";
    private static final String SECRET = "the secret of the operator";

    static final Admin ONE = make();

    private Operator() {}

    private static Admin make() {
        var tenant = new TestTenant(Ringcode.shared(), TenantId.DEFAULT, "localhost", NAME, SECRET);
        tenant.client(NAME, SECRET);
        return Admin.of(tenant);
    }
}
