package io.ringcode.authorization;

import io.ringcode.client.Caller;
import io.ringcode.user.UserId;
import org.jspecify.annotations.Nullable;

/** What happened at the token endpoint. */
public sealed interface TokenEvent {
    Caller caller();

    @Nullable
    UserId user();

    record TokensIssued(
            Caller caller,
            @Nullable UserId user,
            GrantType grant,
            @Nullable String audience,
            String scope) implements TokenEvent {}

    record GrantRefused(Caller caller, @Nullable UserId user, GrantType grant, String reason) implements TokenEvent {}

    record MfaDemanded(Caller caller, UserId user) implements TokenEvent {}
}
