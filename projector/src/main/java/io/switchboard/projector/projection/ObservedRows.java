package io.switchboard.projector.projection;

import io.switchboard.event.EventId;
import io.switchboard.projector.projection.DirectoryTables.Dated;
import io.switchboard.projector.projection.Item.Fact;
import io.switchboard.projector.projection.JournalTable.Shown;
import io.switchboard.resource.AgentStatus;
import io.switchboard.resource.Contact;
import io.switchboard.resource.JournalEntry;
import io.switchboard.resource.Observation;
import io.switchboard.resource.PhoneNumber;
import io.switchboard.resource.Profile;
import io.switchboard.resource.TeamMember;
import io.switchboard.resource.Voicemail;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rows of all other tables than those of calls that a batch writes: one for each thing observed, and what entries and
 * calls say of extensions.
 */
final class ObservedRows {
    private final List<LatestRow<Shown>> journal = new ArrayList<>();
    private final List<LatestRow<Dated<Voicemail>>> voicemails = new ArrayList<>();
    private final List<LatestRow<PhoneNumber>> numbers = new ArrayList<>();
    private final List<LatestRow<Dated<Contact>>> contacts = new ArrayList<>();
    private final List<LatestRow<TeamMember>> team = new ArrayList<>();
    private final List<LatestRow<ExtensionSources.Said>> extensions = new ArrayList<>();
    private final List<LatestRow<AgentStatus>> statuses = new ArrayList<>();

    static ObservedRows of(Batch batch) {
        var rows = new ObservedRows();
        for (var observed : batch.observed()) {
            rows.add(observed.observation());
        }
        for (Fact fact : batch.facts()) {
            var record = fact.event().record();
            if (record != null) {
                rows.extensions.addAll(
                        ExtensionSources.ofCall(fact.event(), record).toList());
            }
        }
        return rows;
    }

    /** The journal entries among them, in the order of their keys. */
    List<LatestRow<Shown>> journal() {
        return LatestRow.merged(journal);
    }

    /** Writes all, each table in the order of its keys, the tables always in the same order. */
    List<Future<Set<EventId>>> write(SqlClient client) {
        var writes = new ArrayList<Future<Set<EventId>>>();
        write(client, writes, JournalTable.TABLE, journal);
        write(client, writes, DirectoryTables.VOICEMAIL, voicemails);
        write(client, writes, DirectoryTables.PHONE_NUMBER, numbers);
        write(client, writes, DirectoryTables.CONTACT, contacts);
        write(client, writes, DirectoryTables.TEAM_MEMBER, team);
        write(client, writes, ExtensionSources.TABLE, extensions);
        write(client, writes, DirectoryTables.AGENT_STATUS, statuses);
        if (!statuses.isEmpty()) {
            writes.add(AgentStatusSeenTable.insert(client, statuses));
        }
        return writes;
    }

    private static <T> void write(
            SqlClient client, List<Future<Set<EventId>>> writes, LatestTable<T> table, List<LatestRow<T>> rows) {
        if (!rows.isEmpty()) {
            writes.add(table.upsert(client, LatestRow.merged(rows)));
        }
    }

    private void add(Observation seen) {
        var key = List.of(seen.account(), seen.recordId());
        var stamp = new Stamp(seen.receivedAt(), seen.id());
        switch (seen.content()) {
            case JournalEntry entry -> {
                var createdAt = entry.createdAt() == null ? stamp.at() : entry.createdAt();
                journal.add(LatestRow.said(key, stamp.at(), stamp, new Shown(entry, Calendar.micros(createdAt))));
                extensions.addAll(ExtensionSources.ofEntry(seen, entry).toList());
            }
            case Voicemail voicemail -> voicemails.add(dated(key, stamp, voicemail));
            case PhoneNumber number -> numbers.add(LatestRow.said(key, stamp.at(), possession(number, stamp), number));
            case Contact contact -> contacts.add(dated(key, stamp, contact));
            case TeamMember member -> team.add(LatestRow.said(key, stamp.at(), stamp, member));
            case AgentStatus status -> statuses.add(LatestRow.said(key, stamp.at(), stamp, status));
            case Profile profile -> extensions.add(ExtensionSources.ofProfile(seen, stamp));
            case null -> remove(seen, key, stamp);
        }
    }

    private void remove(Observation seen, List<String> key, Stamp stamp) {
        switch (seen.resource()) {
            case PHONE_NUMBERS -> numbers.add(LatestRow.removed(key, stamp));
            case CONTACTS -> contacts.add(LatestRow.removed(key, stamp));
            case TEAM -> team.add(LatestRow.removed(key, stamp));
            case PROFILES -> extensions.add(ExtensionSources.ofProfile(seen, stamp));
            case CALLS, JOURNAL, VOICEMAILS, AGENT_STATUS ->
                throw new IllegalArgumentException("nothing is removed from " + seen.resource());
        }
    }

    /** One page may list a number twice, as the account's and as given up before: what the account has counts. */
    private static Stamp possession(PhoneNumber number, Stamp seen) {
        return number.deletedAt() == null ? new Stamp(seen.at().plusNanos(1_000), seen.event()) : seen;
    }

    private static <T> LatestRow<Dated<T>> dated(List<String> key, Stamp stamp, T record) {
        return LatestRow.said(key, stamp.at(), stamp, new Dated<>(record, stamp.at()));
    }
}
