package io.switchboard.projector.api.order;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/** Table {@code audit_entry}: only ever added to. */
public final class AuditTable {
    private static final String INSERT = """
            insert into audit_entry (principal, role, account, action, target, outcome, request_id, rows)
            values ($1, $2, $3, $4, $5, $6, $7, $8)""";

    private AuditTable() {}

    public static Future<Void> insert(SqlClient client, AuditEntry entry) {
        return client.preparedQuery(INSERT)
                .execute(Tuple.tuple()
                        .addValue(entry.principal().name())
                        .addValue(entry.principal().role().word())
                        .addValue(entry.account())
                        .addValue(entry.action())
                        .addValue(entry.target())
                        .addValue(entry.outcome().word())
                        .addValue(entry.requestId())
                        .addValue(entry.rows()))
                .mapEmpty();
    }
}
