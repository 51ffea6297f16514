package io.switchboard.simulator.api;

import io.switchboard.simulator.rows.JournalRows;
import io.switchboard.simulator.rows.Reading;
import io.switchboard.simulator.world.Interaction;
import io.switchboard.simulator.world.Marks.Flag;
import io.switchboard.simulator.world.Marks.Workflow;
import io.switchboard.simulator.world.SimulatedCall;
import io.switchboard.simulator.world.TextMessage;
import io.switchboard.simulator.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The filters of the journal. What it does not know it refuses, which is how the provider answers. */
final class JournalFilter {
    private static final List<String> STATES =
            List.of("Missed", "Connected", "VoiceMail", "Dropped", "NoAnswer", "Scheduled", "Message", "All");
    private static final List<String> ORIGINS =
            List.of("Unspecified", "Inbound", "Outbound", "Callback", "Internal", "All");
    private static final List<String> TYPES = List.of(
            "Unspecified", "Call", "Message", "MessageThread", "Task", "CallbackRequest", "Service", "Default", "All");
    private static final List<String> WORKFLOWS = List.of("Open", "Finished", "Resolved", "All");
    private static final List<String> PROPERTIES = List.of("Client", "BusinessNumber", "Comment", "VTT");

    /** Those whose values form a closed list. */
    private static final Map<String, List<String>> WORDS = Map.of(
            "inbound", STATES,
            "outbound", STATES,
            "callbacks", STATES,
            "state", STATES,
            "origin", ORIGINS,
            "type", TYPES,
            "wfState", WORKFLOWS,
            "searchProperty", PROPERTIES);

    private static final Map<String, String> SIDES =
            Map.of("Inbound", "inbound", "Outbound", "outbound", "Callback", "callbacks");

    private static final List<String> OTHERS = List.of(
            "resolveContacts",
            "showExternalContacts",
            "showUsers",
            "pageSize",
            "page",
            "reverse",
            "isRead",
            "groupId",
            "userId",
            "vmBoxId",
            "from",
            "to",
            "earliest",
            "latest",
            "phone",
            "email",
            "searchText",
            "businessNumber");

    private static final Set<String> KNOWN = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        KNOWN.addAll(WORDS.keySet());
        KNOWN.addAll(OTHERS);
    }

    private final Parameters query;
    private final Instant from;
    private final Instant to;

    /** @param from where the window begins unless the query says so */
    JournalFilter(Parameters query, Instant from, Instant now) {
        this.query = query;
        this.from = query.time("from", query.time("earliest", from));
        this.to = query.time("to", query.time("latest", now));
    }

    Instant from() {
        return from;
    }

    Instant to() {
        return to;
    }

    /** The parameters that are unknown or hold what they do not take. */
    List<String> unsupported() {
        WORDS.forEach((name, words) -> {
            var unused = query.words(name, words);
        });
        var unsupported = new ArrayList<String>();
        query.names().stream().filter(name -> !KNOWN.contains(name)).forEach(unsupported::add);
        unsupported.addAll(query.faults().keySet());
        return unsupported.stream().distinct().toList();
    }

    /** What is listed by now and matches, oldest first. */
    List<Interaction> find(World world, Reading reading) {
        var bounds = reading.listing().bounds();
        var matches = matches(reading);
        Stream<Interaction> calls = types("Call") ? world.callsBegun(from, to).map(call -> call) : Stream.empty();
        Stream<Interaction> texts = types("Message") ? world.textsSent(from, to).map(text -> text) : Stream.empty();
        return Stream.concat(calls, texts)
                .filter(row -> bounds.hold(row.startedAt(), from, to))
                .filter(reading::lists)
                .filter(matches)
                .sorted(Comparator.comparing(Interaction::startedAt))
                .toList();
    }

    /** Only what was asked for is looked at. */
    private Predicate<Interaction> matches(Reading reading) {
        Predicate<Interaction> all = row -> !row.marks().has(Flag.REMOVED);
        if (!query.list("groupId").isEmpty()
                || !query.list("vmBoxId").isEmpty()
                || !query.list("email").isEmpty()) {
            return row -> false; // nothing of the simulated traffic belongs to a group, a box or an address
        }
        return Stream.of(words(), sides(), numbers(), people(reading), marks(), search())
                .flatMap(List::stream)
                .reduce(all, Predicate::and);
    }

    private boolean types(String type) {
        return wanted("type", "All", "Default", "Unspecified")
                .map(types -> types.contains(type))
                .orElse(true);
    }

    private List<Predicate<Interaction>> words() {
        return Stream.of(
                        wanted("state", "All").map(words -> on(words, JournalRows::state)),
                        wanted("origin", "All", "Unspecified").map(words -> on(words, JournalRows::origin)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** {@code inbound}, {@code outbound} and {@code callbacks} widen each other; each takes states. */
    private List<Predicate<Interaction>> sides() {
        if (SIDES.values().stream().allMatch(side -> query.list(side).isEmpty())) {
            return List.of();
        }
        return List.of(row -> {
            var side = SIDES.get(JournalRows.origin(row));
            return side != null
                    && !query.list(side).isEmpty()
                    && wanted(side, "All")
                            .map(states -> states.contains(JournalRows.state(row)))
                            .orElse(true);
        });
    }

    private List<Predicate<Interaction>> numbers() {
        var phones = query.list("phone");
        var ours = query.list("businessNumber");
        var found = new ArrayList<Predicate<Interaction>>();
        if (!phones.isEmpty()) {
            found.add(row -> phones.contains(client(row)));
        }
        if (!ours.isEmpty()) {
            found.add(row -> ours.contains(business(row).replace("+", "")));
        }
        return found;
    }

    private List<Predicate<Interaction>> people(Reading reading) {
        var ids = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        ids.addAll(query.list("userId"));
        return ids.isEmpty()
                ? List.of()
                : List.of(row -> extensions(row)
                        .flatMap(extension -> reading.staff().find(extension).stream())
                        .anyMatch(person -> ids.contains(person.id())));
    }

    private List<Predicate<Interaction>> marks() {
        var found = new ArrayList<Predicate<Interaction>>();
        query.text("isRead")
                .map(Boolean::parseBoolean)
                .ifPresent(read -> found.add(row -> read == row.marks().has(Flag.IS_READ)));
        wanted("wfState", "All")
                .ifPresent(words -> found.add(row -> row.marks()
                        .workflow()
                        .map(state -> words.contains(state == Workflow.OPEN ? "Open" : "Resolved"))
                        .orElse(false)));
        return found;
    }

    private List<Predicate<Interaction>> search() {
        var property = query.text("searchProperty").orElse("").toLowerCase(Locale.ROOT);
        return query.text("searchText")
                .map(text -> text.toLowerCase(Locale.ROOT))
                .map(sought -> List.<Predicate<Interaction>>of(row -> texts(row, property)
                        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(sought))))
                .orElse(List.of());
    }

    private static Stream<String> texts(Interaction row, String property) {
        var comment = row.marks().comment().stream();
        return switch (property) {
            case "client" -> Stream.of(client(row));
            case "businessnumber" -> Stream.of(business(row));
            case "comment" -> comment;
            case "vtt" -> Stream.empty();
            default ->
                Stream.concat(
                        comment,
                        Stream.of(client(row), business(row), row instanceof TextMessage text ? text.text() : ""));
        };
    }

    private static String client(Interaction row) {
        return switch (row) {
            case SimulatedCall call -> call.facts().client();
            case TextMessage text -> text.client();
        };
    }

    private static String business(Interaction row) {
        return switch (row) {
            case SimulatedCall call -> call.facts().business();
            case TextMessage text -> text.business();
        };
    }

    private static Stream<String> extensions(Interaction row) {
        return switch (row) {
            case SimulatedCall call -> call.script().extensions().stream();
            case TextMessage text -> Optional.ofNullable(text.extension()).stream();
        };
    }

    private static Predicate<Interaction> on(Set<String> words, Function<Interaction, String> word) {
        return row -> words.contains(word.apply(row));
    }

    /** The words given, whatever their case; empty when there are none or one of them means all. */
    private Optional<Set<String>> wanted(String name, String... all) {
        var words = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        words.addAll(query.list(name));
        return words.isEmpty() || Stream.of(all).anyMatch(words::contains) ? Optional.empty() : Optional.of(words);
    }
}
