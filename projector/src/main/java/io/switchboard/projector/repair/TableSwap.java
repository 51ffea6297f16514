package io.switchboard.projector.repair;

import io.switchboard.projector.projection.ProjectedTable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The exchange itself: within a transaction in which nobody else writes and both sides stand at the same positions, the live
 * tables leave their schema, those beside them come in, and views are told. What a reader may feel is the time from {@code lock
 * table} to the commit. That is bounded: should somebody hold a table longer, such as an export in its midst, the exchange steps
 * back and is tried again, rather than have every other reader queue up behind it. Nothing is locked after that one statement, so
 * nobody can be waiting for the exchange and be waited for.
 */
final class TableSwap {
    /** How long all readers may be kept waiting for one that does not let go. */
    private static final Duration MOST_WAIT = Duration.ofMillis(60);

    private static final String QUERY_CANCELED = "57014";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Views that stand on the live tables, as statements that make them stand on what then has their names. */
    private static final String VIEWS = """
            select distinct 'create or replace view ' || quote_ident(n.nspname) || '.' || quote_ident(v.relname)
                || coalesce(' with (' || array_to_string(v.reloptions, ', ') || ')', '') || ' as ' || pg_get_viewdef(v.oid) as sql,
                quote_ident(n.nspname) || '.' || quote_ident(v.relname) as name
            from pg_depend d join pg_rewrite r on r.oid = d.objid join pg_class v on v.oid = r.ev_class
                join pg_namespace n on n.oid = v.relnamespace
            where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and v.relkind = 'v'
                and d.refobjid = any(select to_regclass(quote_ident(name)) from unnest($1::text[]) name)""";

    /** What stands on them and cannot be told. */
    private static final String OBSTACLES = """
            select distinct v.relname::text from pg_depend d join pg_rewrite r on r.oid = d.objid join pg_class v on v.oid = r.ev_class
            where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and v.relkind = 'm'
                and d.refobjid = any(select to_regclass(quote_ident(name)) from unnest($1::text[]) name)
            union
            select conrelid::regclass::text from pg_constraint
            where contype = 'f' and confrelid = any(select to_regclass(quote_ident(name)) from unnest($1::text[]) name)""";

    private final ShadowSchema schema;
    private final String live;
    private final List<String> statements = new ArrayList<>();
    private final List<String> locked = new ArrayList<>();

    /**
     * @param connection in no transaction yet
     * @param live the live schema
     */
    TableSwap(SqlConnection connection, String live) {
        this.schema = new ShadowSchema(connection);
        this.live = ShadowSchema.quoted(live);
    }

    /** What stands on the live tables, and would be lost with them; empty when there is nothing in the way. */
    List<String> obstacles() {
        var names = new ArrayList<String>();
        schema.ask(OBSTACLES, tables()).forEach(row -> names.add(row.getString(0)));
        return names;
    }

    /** Looks everything up that the exchange needs. */
    void prepare() {
        statements.clear();
        statements.add("create schema " + ShadowSchema.REPLACED);
        for (var table : ProjectedTable.values()) {
            statements.add("alter table " + live + "." + ShadowSchema.quoted(table.word()) + " set schema "
                    + ShadowSchema.REPLACED);
        }
        for (var table : ProjectedTable.values()) {
            statements.add("alter table " + ShadowSchema.in(table) + " set schema " + live);
        }
        locked.clear();
        schema.ask(VIEWS, tables()).forEach(row -> {
            statements.add(row.getString("sql"));
            locked.add(row.getString("name")); // before the tables: as whoever reads through them does
        });
        locked.add(ShadowSchema.both());
    }

    /** Keeps vacuum away, and nobody else: it would give way, but a second too late. Waits for a vacuum that is underway. */
    void reserve() {
        schema.run("lock table " + ShadowSchema.both() + " in share update exclusive mode");
    }

    /**
     * Exchanges and commits.
     *
     * @return how long readers may have waited; empty when one held a table, and nothing was exchanged
     */
    Optional<Duration> swap() {
        var begun = System.nanoTime();
        if (!isLocked()) {
            return Optional.empty();
        }
        schema.run("set local statement_timeout = 0;\n" + String.join(";\n", statements) + ";\ncommit");
        return Optional.of(Duration.ofNanos(System.nanoTime() - begun));
    }

    private boolean isLocked() {
        try {
            schema.run("set local statement_timeout = " + MOST_WAIT.toMillis());
            schema.run("lock table " + String.join(", ", locked) + " in access exclusive mode");
            return true;
        } catch (PgException e) {
            if (QUERY_CANCELED.equals(e.getSqlState()) || LOCK_NOT_AVAILABLE.equals(e.getSqlState())) {
                return false;
            }
            throw e;
        }
    }

    private static Tuple tables() {
        var names = new ArrayList<String>();
        for (var table : ProjectedTable.values()) {
            names.add(table.word());
        }
        return Tuple.of(names.toArray(String[]::new));
    }
}
