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
        Stream<Interaction> calls = types("Call") ? world.callsBegun(from, to).map(call -> call) : Stream.empty();
        Stream<Interaction> texts = types("Message") ? world.textsSent(from, to).map(text -> text) : Stream.empty();
        return Stream.concat(calls, texts)
                .filter(row -> bounds.hold(row.startedAt(), from, to))
                .filter(reading::lists)
                .filter(row -> !row.marks().has(Flag.REMOVED))
                .filter(this::matchesWords)
                .filter(this::matchesNumbers)
                .filter(row -> matchesPeople(row, reading))
                .filter(this::matchesMarks)
                .filter(this::says)
                .sorted(Comparator.comparing(Interaction::startedAt))
                .toList();
    }

    private boolean types(String type) {
        return one("type", type, "All", "Default", "Unspecified");
    }

    private boolean matchesWords(Interaction row) {
        var state = JournalRows.state(row);
        var origin = JournalRows.origin(row);
        if (!one("state", state, "All") || !one("origin", origin, "All", "Unspecified")) {
            return false;
        }
        var sides = Map.of("Inbound", "inbound", "Outbound", "outbound", "Callback", "callbacks");
        if (sides.values().stream().allMatch(side -> query.list(side).isEmpty())) {
            return true;
        }
        var side = sides.get(origin);
        return side != null && !query.list(side).isEmpty() && one(side, state, "All");
    }

    private boolean matchesNumbers(Interaction row) {
        var client = row instanceof SimulatedCall call ? call.facts().client() : ((TextMessage) row).client();
        var business = row instanceof SimulatedCall call ? call.facts().business() : ((TextMessage) row).business();
        return oneExactly("phone", client)
                && oneExactly("businessNumber", business.replace("+", ""))
                && query.list("email").isEmpty();
    }

    private boolean matchesPeople(Interaction row, Reading reading) {
        var wanted = query.list("userId");
        if (!query.list("groupId").isEmpty() || !query.list("vmBoxId").isEmpty()) {
            return false; // nothing of the simulated traffic belongs to a group or a box
        }
        return wanted.isEmpty()
                || extensions(row)
                        .flatMap(extension -> reading.staff().find(extension).stream())
                        .anyMatch(person -> wanted.stream().anyMatch(person.id()::equalsIgnoreCase));
    }

    private boolean matchesMarks(Interaction row) {
        var workflow = row.marks().workflow().map(state -> state == Workflow.OPEN ? "Open" : "Resolved");
        var read = query.text("isRead").map(Boolean::parseBoolean);
        return (query.list("wfState").isEmpty() || one("wfState", workflow.orElse(""), "All"))
                && (read.isEmpty() || read.get() == row.marks().has(Flag.IS_READ));
    }

    private boolean says(Interaction row) {
        var sought = query.text("searchText").orElse("").toLowerCase(Locale.ROOT);
        return sought.isEmpty()
                || texts(row).anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(sought));
    }

    private Stream<String> texts(Interaction row) {
        var comment = row.marks().comment().stream();
        var property = query.text("searchProperty").orElse("").toLowerCase(Locale.ROOT);
        var client = row instanceof SimulatedCall call ? call.facts().client() : ((TextMessage) row).client();
        var business = row instanceof SimulatedCall call ? call.facts().business() : ((TextMessage) row).business();
        return switch (property) {
            case "client" -> Stream.of(client);
            case "businessnumber" -> Stream.of(business);
            case "comment" -> comment;
            case "vtt" -> Stream.empty();
            default ->
                Stream.concat(comment, Stream.of(client, business, row instanceof TextMessage t ? t.text() : ""));
        };
    }

    private static Stream<String> extensions(Interaction row) {
        return switch (row) {
            case SimulatedCall call -> call.script().extensions().stream();
            case TextMessage text -> Optional.ofNullable(text.extension()).stream();
        };
    }

    /** Whether a parameter is missing, names the word, or names a word that means all. */
    private boolean one(String name, String word, String... all) {
        var wanted = query.list(name);
        return wanted.isEmpty()
                || wanted.stream().anyMatch(word::equalsIgnoreCase)
                || Stream.of(all).anyMatch(every -> wanted.stream().anyMatch(every::equalsIgnoreCase));
    }

    private boolean oneExactly(String name, String value) {
        var wanted = query.list(name);
        return wanted.isEmpty() || wanted.contains(value);
    }
}
