package io.ringcode.conformance;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One line of a standard, in our own words, with a pure judgement over a tenant's settings.
 *
 * @param id its name in answers, such as {@code nist-3.1.3.2-life}
 * @param asks what the standard wants of this product
 * @param remedy null where no setting changes it and it holds
 * @param proofs names of the test classes that show it, with their package where two have one name; none where
 *     nothing of this product could show it
 */
public record Requirement(
        String id,
        Standard standard,
        String section,
        Level level,
        String asks,
        @Nullable Remedy remedy,
        Function<TenantConfiguration, Judgement> judgement,
        List<String> proofs) {
    public Requirement {
        proofs = List.copyOf(proofs);
    }

    static Requirement of(
            Standard standard,
            String section,
            String name,
            Level level,
            String asks,
            Function<TenantConfiguration, Judgement> judgement,
            String... proofs) {
        var id = standard.prefix() + "-" + section + "-" + name;
        return new Requirement(id, standard, section, level, asks, null, judgement, List.of(proofs));
    }

    /** @param page null where the setting is the operator's, or there is none */
    Requirement mendedBy(String what, @Nullable String page) {
        return new Requirement(id, standard, section, level, asks, new Remedy(what, page), judgement, proofs);
    }

    public Judgement judge(TenantConfiguration tenant) {
        return judgement.apply(tenant);
    }
}
