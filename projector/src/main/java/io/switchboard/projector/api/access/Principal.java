package io.switchboard.projector.api.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param account the only account they see; null for all of them
 * @param name by which orders, jobs and the audit speak of them; tells nothing of their token
 */
public record Principal(Role role, @Nullable String account, String name) {

    public Optional<String> boundAccount() {
        return Optional.ofNullable(account);
    }

    /** Whether something of this account may be shown; what belongs to no known account is for the unbound alone. */
    public boolean sees(@Nullable String owner) {
        return account == null || account.equals(owner);
    }

    public Masking masking() {
        return role.masking();
    }
}
