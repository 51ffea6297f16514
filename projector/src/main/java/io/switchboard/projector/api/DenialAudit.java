package io.switchboard.projector.api;

import io.switchboard.projector.api.access.Permission;
import io.switchboard.projector.api.access.Principal;
import io.switchboard.projector.api.order.AuditEntry;
import io.switchboard.projector.api.order.AuditEntry.Outcome;
import io.switchboard.projector.api.order.OrderStore;
import io.vertx.sqlclient.Pool;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes in the audit who asked for something of consequence that their role does not allow. */
final class DenialAudit {
    private static final Logger LOG = LoggerFactory.getLogger(DenialAudit.class);

    private final OrderStore store;

    DenialAudit(Pool writes) {
        this.store = new OrderStore(writes);
    }

    /** The answer does not wait for it: nothing happened that would have to be known. */
    void note(Principal principal, Permission permission, String requestId) {
        if (isOfConsequence(permission)) {
            var action = permission.name().toLowerCase(Locale.ROOT).replace('_', '.');
            store.audit(new AuditEntry(principal, principal.account(), action, null, Outcome.DENIED, requestId))
                    .onFailure(away -> LOG.warn("the denial of request {} is not in the audit", requestId));
        }
    }

    private static boolean isOfConsequence(Permission permission) {
        return switch (permission) {
            case ORDER, COMMAND, REPAIR, PLAY_RECORDINGS, USE_COMPATIBILITY -> true;
            default -> false;
        };
    }
}
