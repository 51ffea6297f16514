package io.switchboard.projector.api.table;

import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.api.query.QueryParameters;
import io.switchboard.projector.api.query.RowFilter;
import io.switchboard.projector.api.query.RowFilters;
import io.switchboard.projector.api.view.DirectoryView;
import io.switchboard.projector.api.view.InteractionView;
import io.switchboard.projector.api.view.StoredRow;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The lists beside calls: where their rows are, by what they are ordered, which filters they take, how they are shown. */
public enum Listing {
    JOURNAL(
            "journal",
            "journal entry",
            new Place("journal_entry", "journal_entry", "entry_id", "created_at"),
            RowFilters::journal,
            InteractionView::journal),
    MESSAGES(
            "messages",
            "message",
            new Place("message", "journal_entry", "entry_id", "created_at"),
            RowFilters::messages,
            InteractionView::message),
    VOICEMAILS(
            "voicemails",
            "voicemail",
            new Place("voicemail", "voicemail", "voicemail_id", "created_at"),
            RowFilters::voicemails,
            InteractionView::voicemailRow),
    CONTACTS(
            "contacts",
            "contact",
            new Place(
                    "(select * from contact where seen_at is not null)", "contact", "contact_id", "first_seen_at"),
            RowFilters::contacts,
            DirectoryView::contact),
    PHONE_NUMBERS(
            "phone-numbers",
            "phone number",
            new Place(
                    "(select * from phone_number where seen_at is not null)",
                    "phone_number",
                    "number",
                    "first_seen_at"),
            RowFilters::directory,
            (row, masking) -> DirectoryView.phoneNumber(row)),
    EXTENSIONS(
            "extensions",
            "extension",
            new Place(
                    """
                    (select x.*, s.status as availability, s.changed_at from extension x
                        left join agent_status s on s.account = x.account and s.extension = x.extension)""",
                    "(select account from extension_source union all select account from team_member)",
                    "id",
                    "first_seen_at"),
            RowFilters::directory,
            DirectoryView::extension);

    private final String word;
    private final String thing;
    private final Place place;
    private final Function<QueryParameters, RowFilter> filter;
    private final BiFunction<StoredRow, Masking, Map<String, @Nullable Object>> view;

    Listing(
            String word,
            String thing,
            Place place,
            Function<QueryParameters, RowFilter> filter,
            BiFunction<StoredRow, Masking, Map<String, @Nullable Object>> view) {
        this.word = word;
        this.thing = thing;
        this.place = place;
        this.filter = filter;
        this.view = view;
    }

    /**
     * Where the rows are.
     *
     * @param rows what is selected from
     * @param accounts a table that knows the accounts
     * @param id the column that names a row inside its account
     * @param time the column by which the list is ordered: one that does not move while the list is read
     */
    record Place(String rows, String accounts, String id, String time) {}

    /** The name in paths. */
    public String word() {
        return word;
    }

    /** One of them, for people. */
    public String thing() {
        return thing;
    }

    public RowFilter filter(QueryParameters parameters) {
        return filter.apply(parameters);
    }

    public Map<String, @Nullable Object> shown(StoredRow row, Masking masking) {
        return view.apply(row, masking);
    }

    /** Where a row stands in the list. */
    public RowKey key(StoredRow row) {
        return new RowKey(
                Objects.requireNonNull(row.instant(place.time())), row.known(place.id()), row.known("account"));
    }

    Place place() {
        return place;
    }
}
