package io.switchboard.projector.projection;

import io.switchboard.call.CallEvent;
import io.switchboard.call.CallRecord;
import io.switchboard.projector.projection.LatestTable.Column;
import io.switchboard.resource.JournalEntry;
import io.switchboard.resource.JournalEntry.Person;
import io.switchboard.resource.Observation;
import io.switchboard.resource.Profile;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Table {@code extension_source}: what profiles, journal entries and call records say of extensions. The provider has no
 * list of them. What an entry or a call says holds for its own time, whenever it was read: a backfill of last year does not
 * rename anybody.
 */
final class ExtensionSources {
    private static final Pattern EXTENSION = Pattern.compile("\\w[\\w.-]{0,31}");
    private static final String PROFILE = "profile";
    private static final String JOURNAL = "journal";
    private static final String CALL = "call";

    static final LatestTable<Said> TABLE = new LatestTable<>(
            "extension_source",
            List.of("account", "extension", "source"),
            true,
            List.of(
                    Column.text("user_id", Said::userId),
                    Column.text("name", Said::name),
                    Column.text("first_name", Said::firstName),
                    Column.text("last_name", Said::lastName),
                    Column.text("email", Said::email),
                    Column.text("role", Said::role)));

    /** What one source says of who has an extension. */
    record Said(
            @Nullable String userId,
            @Nullable String name,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String email,
            @Nullable String role) {}

    private ExtensionSources() {}

    static LatestRow<Said> ofProfile(Observation seen, Stamp stamp) {
        var key = List.of(seen.account(), seen.recordId(), PROFILE);
        return seen.content() instanceof Profile profile
                ? LatestRow.said(
                        key,
                        stamp.at(),
                        stamp,
                        new Said(null, null, profile.firstName(), profile.lastName(), profile.email(), profile.role()))
                : LatestRow.removed(key, stamp);
    }

    static Stream<LatestRow<Said>> ofEntry(Observation seen, JournalEntry entry) {
        var since = entry.createdAt() == null ? seen.receivedAt() : entry.createdAt();
        return Stream.concat(Stream.ofNullable(entry.agent()), entry.users().stream())
                .filter(person -> person.isUser() && isExtension(person.extension()))
                .map(person -> {
                    var key = List.of(seen.account(), Objects.requireNonNull(person.extension()), JOURNAL);
                    return person.name() == null && person.userId() == null
                            ? LatestRow.seen(key, seen.receivedAt())
                            : LatestRow.said(
                                    key, seen.receivedAt(), new Stamp(Calendar.micros(since), seen.id()), said(person));
                });
    }

    static Stream<LatestRow<Said>> ofCall(CallEvent event, CallRecord record) {
        var since = record.startedAt() == null ? event.receivedAt() : record.startedAt();
        return Stream.concat(Stream.ofNullable(record.caller()), record.called().stream())
                .filter(party -> isExtension(party.extension()))
                .map(party -> {
                    var key = List.of(event.account(), Objects.requireNonNull(party.extension()), CALL);
                    return party.name() == null
                            ? LatestRow.seen(key, event.receivedAt())
                            : LatestRow.said(
                                    key,
                                    event.receivedAt(),
                                    new Stamp(Calendar.micros(since), event.id()),
                                    new Said(null, party.name(), null, null, null, null));
                });
    }

    private static Said said(Person person) {
        return new Said(person.userId(), person.name(), null, null, person.email(), person.role());
    }

    private static boolean isExtension(@Nullable String text) {
        return text != null && EXTENSION.matcher(text).matches();
    }
}
