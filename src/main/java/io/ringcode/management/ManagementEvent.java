package io.ringcode.management;

import io.ringcode.client.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an administrator did. The log tells which properties were sent, never their values: they may be secrets. */
public sealed interface ManagementEvent {
    Caller caller();

    /** A setting of the phone factor or of the tenant was written. */
    record SettingChanged(Caller caller, String setting) implements ManagementEvent {}

    /**
     * A resource was created, changed or deleted.
     *
     * @param what in a few words, such as {@code "Update a user"}
     * @param id of the resource
     * @param user the same, where the resource belongs to a user; else null
     * @param properties the names of those that were sent
     */
    record ResourceChanged(
            Caller caller, String what, String id, @Nullable String user, List<String> properties)
            implements ManagementEvent {}

    /** Credentials were saved that their carrier could not be asked about. */
    record CredentialsUnchecked(Caller caller, String carrier, String reason) implements ManagementEvent {}
}
