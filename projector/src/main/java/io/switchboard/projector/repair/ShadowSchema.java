package io.switchboard.projector.repair;

import io.switchboard.projector.projection.ProjectedTable;
import io.switchboard.projector.projection.SwapLock;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The schema beside the live one in which tables are built again: the same tables, derived from the live ones with the names
 * of their indexes and constraints, their storage parameters and the rights on them, so that nothing tells a table that was
 * exchanged from one that a migration made. Blocking, on one connection of its own.
 */
final class ShadowSchema {
    /** Where tables are built. */
    static final String SHADOW = "switchboard_rebuild";

    /** Where those that were live are for the moment between the exchange and their end. */
    static final String REPLACED = "switchboard_replaced";

    /** Building indexes takes none of it: they are made empty. Copying rows does. */
    private static final Duration PATIENCE = Duration.ofHours(6);

    private static final String COLUMNS = """
            select attname from pg_attribute
            where attrelid = to_regclass($1) and attnum > 0 and not attisdropped and attgenerated = ''
            order by attnum""";

    private static final String KEY = """
            select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
            where i.indrelid = to_regclass($1) and i.indisprimary order by array_position(i.indkey, a.attnum)""";

    /** Statements that give a new table what LIKE leaves out; $1 the live table, $2 its name in the shadow schema. */
    private static final String REST = """
            select 1 as turn, 'alter table ' || $2 || ' add constraint ' || quote_ident(conname) || ' '
                || pg_get_constraintdef(oid) as sql
            from pg_constraint where conrelid = to_regclass($1) and contype in ('p', 'u')
            union all
            select 2, replace(pg_get_indexdef(i.indexrelid), ' ON ' || n.nspname || '.' || t.relname || ' ', ' ON ' || $2 || ' ')
            from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
            where i.indrelid = to_regclass($1)
                and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u'))
            union all
            select 3, 'alter table ' || $2 || ' set (' || array_to_string(reloptions, ', ') || ')'
            from pg_class where oid = to_regclass($1) and reloptions is not null
            union all
            select 4, 'grant ' || a.privilege_type || ' on ' || $2 || ' to '
                || case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end
                || case when a.is_grantable then ' with grant option' else '' end
            from pg_class c cross join aclexplode(c.relacl) a
            where c.oid = to_regclass($1) and a.grantee <> c.relowner
            order by turn""";

    private final SqlConnection connection;

    ShadowSchema(SqlConnection connection) {
        this.connection = connection;
    }

    /** Makes the schema anew, its tables empty. */
    void create() {
        drop();
        run("create schema " + SHADOW);
        for (var table : ProjectedTable.values()) {
            copy(table.word());
        }
        ProjectedTable.WRITTEN_BESIDE.forEach(this::copy);
    }

    /** Forgets whatever a rebuild left, this one or one before. Tables that anything of somebody else's needs stay. */
    void drop() {
        run("drop schema if exists " + SHADOW + " cascade");
        run("drop schema if exists " + REPLACED + " cascade");
    }

    /** The columns that can be written, in order. */
    List<String> columns(String table) {
        return texts(COLUMNS, table);
    }

    /** The columns of the primary key, in its order. */
    List<String> key(String table) {
        return texts(KEY, table);
    }

    /** Tells the planner what the new tables hold. */
    void analyze() {
        for (var table : ProjectedTable.values()) {
            run("analyze " + in(table));
        }
    }

    static String in(ProjectedTable table) {
        return SHADOW + "." + quoted(table.word());
    }

    static String quoted(String name) {
        return '"' + name + '"';
    }

    /** All projected tables, live and beside. */
    static String both() {
        return Arrays.stream(ProjectedTable.values())
                .flatMap(table -> Stream.of(quoted(table.word()), in(table)))
                .collect(Collectors.joining(", "));
    }

    void run(String sql) {
        var unused = await(connection.query(sql).execute());
    }

    /** In a transaction: from here on nobody writes the live tables. */
    void alone() {
        run("set local lock_timeout = '15s'");
        var unused = await(SwapLock.alone(connection));
    }

    RowSet<Row> ask(String sql, Tuple values) {
        return await(connection.preparedQuery(sql).execute(values));
    }

    private void copy(String table) {
        var name = SHADOW + "." + quoted(table);
        run("create table " + name + " (like " + quoted(table) + " including all excluding indexes)");
        var rest = new ArrayList<String>();
        ask(REST, Tuple.of(quoted(table), name)).forEach(row -> rest.add(row.getString("sql")));
        rest.forEach(this::run);
    }

    private List<String> texts(String sql, String table) {
        var texts = new ArrayList<String>();
        ask(sql, Tuple.of(quoted(table))).forEach(row -> texts.add(row.getString(0)));
        return texts;
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Postgres does not answer", e);
        }
    }
}
