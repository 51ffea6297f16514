package io.switchboard.projector.api.query;

import io.switchboard.projector.api.query.RowFilter.AnyOf;
import io.switchboard.projector.api.query.RowFilter.BusinessNumber;
import io.switchboard.projector.api.query.RowFilter.ClientNumber;
import io.switchboard.projector.api.query.RowFilter.Condition;
import io.switchboard.projector.api.query.RowFilter.ContactName;
import io.switchboard.projector.api.query.RowFilter.ContactPhone;
import io.switchboard.projector.api.query.RowFilter.Deleted;
import io.switchboard.projector.api.query.RowFilter.From;
import io.switchboard.projector.api.query.RowFilter.Until;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of each list beside calls; faults are noted with the parameters. */
public final class RowFilters {
    /** The parameters that masked roles may not use: their answers would undo the masking. */
    public static final List<String> PERSONAL = List.of(CallFilter.CLIENT, "phone", "name");

    private static final int LONGEST_NAME = 64;

    private final QueryParameters parameters;
    private final List<Condition> conditions = new ArrayList<>();

    private RowFilters(QueryParameters parameters) {
        this.parameters = parameters;
        var accounts = text(parameters, "account", "an account's id", 64);
        if (!accounts.isEmpty()) {
            conditions.add(new AnyOf("account", new TreeSet<>(accounts)));
        }
    }

    public static RowFilter journal(QueryParameters parameters) {
        return new RowFilters(parameters)
                .created()
                .words("type", "call", "message", "message_thread", "task", "callback_request", "service", "default")
                .words(
                        "state",
                        "missed",
                        "connected",
                        "replied",
                        "voicemail",
                        "dropped",
                        "no_answer",
                        "scheduled",
                        "message")
                .words("direction", "inbound", "outbound", "callback", "internal")
                .numbers()
                .extension()
                .call()
                .done();
    }

    public static RowFilter messages(QueryParameters parameters) {
        return new RowFilters(parameters)
                .created()
                .words("direction", "inbound", "outbound")
                .words("delivery_status", "sent", "not_sent")
                .numbers()
                .extension()
                .done();
    }

    public static RowFilter voicemails(QueryParameters parameters) {
        return new RowFilters(parameters)
                .created()
                .words("status", "read", "unread")
                .numbers()
                .done();
    }

    public static RowFilter contacts(QueryParameters parameters) {
        var filters = new RowFilters(parameters);
        Optional.ofNullable(CallFilter.time(parameters, "updated_after"))
                .ifPresent(time -> filters.conditions.add(new From("changed_at", time)));
        var phones = CallFilter.phones(parameters, "phone");
        if (!phones.isEmpty()) {
            filters.conditions.add(new ContactPhone(phones));
        }
        parameters
                .single("name", "at most " + LONGEST_NAME + " characters", RowFilters::name)
                .ifPresent(name -> filters.conditions.add(new ContactName(name)));
        return filters.deleted().done();
    }

    /** Of numbers and extensions. */
    public static RowFilter directory(QueryParameters parameters) {
        return new RowFilters(parameters).deleted().done();
    }

    /** The account that a single thing is asked of; null for any. */
    public static @Nullable String account(QueryParameters parameters) {
        return parameters.single("account").orElse(null);
    }

    private RowFilter done() {
        return new RowFilter(conditions);
    }

    private RowFilters created() {
        var after = CallFilter.time(parameters, "created_after");
        var before = CallFilter.time(parameters, "created_before");
        if (after != null) {
            conditions.add(new From("created_at", after));
        }
        if (before != null) {
            conditions.add(new Until("created_at", before));
        }
        if (after != null && before != null && !before.isAfter(after)) {
            parameters.reject("created_before", "must be later than created_after");
        }
        return this;
    }

    private RowFilters numbers() {
        var numbers = CallFilter.phones(parameters, "number");
        if (!numbers.isEmpty()) {
            conditions.add(new BusinessNumber(numbers));
        }
        var clients = CallFilter.phones(parameters, CallFilter.CLIENT);
        if (!clients.isEmpty()) {
            conditions.add(new ClientNumber(clients));
        }
        return this;
    }

    private RowFilters extension() {
        var extensions = parameters.all("extension", "an extension such as 101", CallFilter::extension);
        return anyOf("agent_extension", extensions);
    }

    private RowFilters call() {
        var calls = text(parameters, "call_id", "a call's id", 128);
        return anyOf("call_id", calls.stream().map(CallIds::stored).toList());
    }

    private RowFilters words(String name, String... known) {
        var words = List.of(known);
        var takes = "one of " + String.join(", ", words);
        return anyOf(
                name,
                parameters.all(name, takes, text -> Optional.of(text).filter(words::contains)));
    }

    private RowFilters deleted() {
        var words = parameters.all("status", "one of active, deleted", text -> switch (text) {
            case "active" -> Optional.of(false);
            case "deleted" -> Optional.of(true);
            default -> Optional.<Boolean>empty();
        });
        if (Set.copyOf(words).size() == 1) {
            conditions.add(new Deleted(words.getFirst()));
        }
        return this;
    }

    private RowFilters anyOf(String column, List<String> values) {
        if (!values.isEmpty()) {
            conditions.add(new AnyOf(column, new TreeSet<>(values)));
        }
        return this;
    }

    private static List<String> text(QueryParameters parameters, String name, String takes, int longest) {
        return parameters.all(
                name, takes, text -> Optional.of(text.strip()).filter(value -> value.length() <= longest));
    }

    private static Optional<String> name(String text) {
        var name = text.strip().toLowerCase(Locale.ROOT);
        return Optional.of(name).filter(value -> value.length() <= LONGEST_NAME);
    }
}
