package io.switchboard.projector.projection;

import io.switchboard.projector.projection.LatestTable.Column;
import io.switchboard.resource.JournalEntry;
import io.switchboard.resource.JournalEntry.Client;
import io.switchboard.resource.JournalEntry.Person;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Table {@code journal_entry}, except the calls that its entries are about: those are {@link JournalJoin}'s. */
final class JournalTable {
    static final LatestTable<Shown> TABLE = new LatestTable<>(
            "journal_entry",
            List.of("account", "entry_id"),
            false,
            List.of(
                    Column.time("created_at", Shown::createdAt),
                    Column.text("request_guid", of(JournalEntry::requestGuid)),
                    Column.text("type", of(JournalEntry::type)),
                    Column.text("state", of(JournalEntry::state)),
                    Column.text("direction", of(JournalEntry::origin)),
                    Column.time("responded_at", of(JournalEntry::respondedAt)),
                    Column.text("client_number", client(Client::address)),
                    Column.text(
                            "client_digits",
                            shown -> CallTable.digits(client(Client::address).apply(shown))),
                    Column.text("client_kind", client(Client::kind)),
                    Column.text("caller_kind", client(Client::callerKind)),
                    Column.text("business_number", of(JournalEntry::businessNumber)),
                    Column.text("business_label", of(JournalEntry::businessLabel)),
                    Column.text("agent_extension", agent(Person::extension)),
                    Column.text("agent_name", agent(Person::name)),
                    Column.real(
                            "duration_seconds", shown -> seconds(shown.entry().duration())),
                    Column.text("body", of(JournalEntry::text)),
                    Column.text("comment", of(JournalEntry::comment)),
                    Column.json("tags", shown -> StoredJson.texts(shown.entry().tags())),
                    Column.flag("favorite", of(JournalEntry::favorite)),
                    Column.flag("read", of(JournalEntry::read)),
                    Column.text("workflow", of(JournalEntry::workflow)),
                    Column.text(
                            "recording_uri", shown -> shown.entry().recording().uri()),
                    Column.json(
                            "voicemail",
                            shown -> StoredJson.voicemail(shown.entry().voicemail())),
                    Column.text("delivery_status", of(JournalEntry::deliveryStatus)),
                    Column.json(
                            "attachments",
                            shown -> StoredJson.attachments(shown.entry().attachments()))));

    private static final String LOCK = """
            select j.account, j.client_digits, j.created_at, j.request_guid
            from unnest($1::text[], $2::text[]) as n (account, entry_id)
                join journal_entry j on j.account = n.account and j.entry_id = n.entry_id
            order by j.account, j.entry_id
            for update of j""";

    private JournalTable() {}

    /** An entry and when it began: when it was first seen, if the provider does not say. */
    record Shown(JournalEntry entry, Instant createdAt) {}

    /** What an entry is joined to a call by. */
    record Terms(
            String account,
            @Nullable String clientDigits,
            Instant createdAt,
            @Nullable String requestGuid) {
        static Terms of(LatestRow<Shown> row, Shown shown) {
            return new Terms(
                    row.key().getFirst(),
                    CallTable.digits(client(Client::address).apply(shown)),
                    shown.createdAt(),
                    shown.entry().requestGuid());
        }
    }

    /** Locks the entries that exist, and answers what they were joined by. */
    static Future<List<Terms>> lock(SqlClient client, List<LatestRow<Shown>> rows) {
        return client.preparedQuery(LOCK)
                .execute(new Columns<>(rows)
                        .text(row -> row.key().getFirst())
                        .text(row -> row.key().getLast())
                        .tuple())
                .map(found -> {
                    var terms = new ArrayList<Terms>();
                    for (var row : found) {
                        OffsetDateTime createdAt = row.getOffsetDateTime(2);
                        terms.add(
                                new Terms(row.getString(0), row.getString(1), createdAt.toInstant(), row.getString(3)));
                    }
                    return terms;
                });
    }

    static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / 1e3;
    }

    private static <V> Function<Shown, @Nullable V> of(Function<JournalEntry, @Nullable V> value) {
        return shown -> value.apply(shown.entry());
    }

    private static Function<Shown, @Nullable String> client(Function<Client, @Nullable String> value) {
        return shown -> shown.entry().client() == null
                ? null
                : value.apply(shown.entry().client());
    }

    private static Function<Shown, @Nullable String> agent(Function<Person, @Nullable String> value) {
        return shown ->
                shown.entry().agent() == null ? null : value.apply(shown.entry().agent());
    }
}
