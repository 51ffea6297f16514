package io.switchboard.call;

import static io.switchboard.call.CallScript.at;
import static io.switchboard.call.CallScript.inbound;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.Call.State;
import io.switchboard.call.CallRecord.Party;
import io.switchboard.call.Disagreement.Field;
import io.switchboard.event.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the table in {@code docs/merge.md}: who wins a field of which events and a record say different things. */
class CallMergeTest {

    /** The members of a call, with what the fold knows of them. */
    private static final Map<String, Function<Call, @Nullable Object>> FIELDS = fields();

    static List<MergeTable.Row> rows() {
        return MergeTable.rows();
    }

    static List<MergeTable.Row> disputable() {
        return rows().stream().filter(MergeTable.Row::mayDisagree).toList();
    }

    @Test
    void theTableHasEveryFieldOnce() {
        assertThat(rows().stream().map(MergeTable.Row::field)).containsExactlyElementsOf(FIELDS.keySet());
    }

    @Test
    void theTableTellsOfExactlyTheDisagreementsThatAreCounted() {
        assertThat(disputable().stream().map(MergeTable.Row::disputed))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Field.values()).map(Field::word).toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theFoldPrefersWhomTheTableNames(MergeTable.Row row) {
        var field = Objects.requireNonNull(FIELDS.get(row.field()));
        var record = recordFor(row.field());
        var told = field.apply(call(events()));
        var recorded = field.apply(call(List.of(record)));
        var merged = field.apply(call(with(events(), record)));

        switch (row.wins()) {
            case "events" -> assertThat(merged).isEqualTo(told).isNotEqualTo(recorded);
            case "record" -> assertThat(merged).isEqualTo(recorded).isNotEqualTo(told);
            case "earlier" -> assertEarlier(field);
            case "both" -> assertThat(merged).isEqualTo(ofBoth(row.field()));
            case "computed" -> assertThat(merged).isEqualTo(computed(row.field()));
            default -> throw new IllegalArgumentException("nobody is called " + row.wins());
        }
    }

    @ParameterizedTest
    @MethodSource("disputable")
    void bothSidesOfADisagreementAreKept(MergeTable.Row row) {
        var record = recordFor(row.field());
        var folded = CallFold.fold(with(events(), record)).orElseThrow();

        var found = folded.disagreements().stream()
                .filter(disagreement -> disagreement.field().word().equals(row.disputed()))
                .findFirst()
                .orElseThrow();
        assertThat(found.told()).isNotEqualTo(found.recorded());
        assertThat(found.record()).isEqualTo(record.id());
        assertThat(Objects.requireNonNull(folded.effects().get(record.id())).disagrees())
                .contains(found.field());
    }

    private static void assertEarlier(Function<Call, @Nullable Object> field) {
        var later = call(with(events(), record("Incoming", 20, "102")));
        var earlier = call(with(events(), record("Incoming", -20, "102")));

        assertThat(field.apply(later)).isEqualTo(at(0));
        assertThat(field.apply(earlier)).isEqualTo(at(-20));
    }

    private static Object ofBoth(String field) {
        return switch (field) {
            case "id" -> "a";
            case "account" -> CallScript.ACCOUNT;
            case "state" -> State.ENDED;
            case "sources" -> Set.of(Source.WEBHOOK, Source.POLL);
            case "version" -> 5;
            default -> throw new IllegalArgumentException(field);
        };
    }

    private static Object computed(String field) {
        return switch (field) {
            case "wait_seconds" -> Duration.ofSeconds(9);
            case "talk_seconds" -> Duration.ofSeconds(61);
            default -> throw new IllegalArgumentException(field);
        };
    }

    /** 101 answers after 9 s and talks until 70 s. */
    private static List<CallEvent> events() {
        return inbound("a")
                .event(0, "IncomingCall")
                .event(5, "IncomingCallRinging", "101")
                .event(9, "IncomingCallConnected", "101")
                .event(70, "IncomingCallCompleted")
                .events();
    }

    /** A record that differs from the events in the field, and usually in every other. */
    private static CallEvent recordFor(String field) {
        return field.equals("agent.name")
                ? record("Incoming", 20, "101")
                : record(field.equals("direction") ? "Outgoing" : "Incoming", 20, "102");
    }

    private static CallEvent record(String direction, double start, String answering) {
        var record = new CallRecord(
                direction,
                "Missed",
                at(start),
                Duration.ofSeconds(200),
                new Party("Dana Ortiz", null, "+13125550188", null),
                List.of(
                        new Party("Alex Moreno", "101", null, answering.equals("101")),
                        new Party("Priya Nair", "102", null, answering.equals("102"))),
                "+12025550199",
                "https://recordings.example/1");
        return inbound("a").record(300, record).events().getFirst();
    }

    private static List<CallEvent> with(List<CallEvent> events, CallEvent record) {
        var all = new ArrayList<>(events);
        all.add(record);
        return all;
    }

    private static Call call(List<CallEvent> events) {
        return CallFold.fold(events).orElseThrow().call();
    }

    private static Map<String, Function<Call, @Nullable Object>> fields() {
        var fields = new LinkedHashMap<String, Function<Call, @Nullable Object>>();
        fields.put("id", Call::id);
        fields.put("account", Call::account);
        fields.put("direction", Call::direction);
        fields.put("state", Call::state);
        fields.put("outcome", Call::outcome);
        fields.put(
                "client.number",
                call -> call.client() == null ? null : call.client().number());
        fields.put(
                "client.name",
                call -> call.client() == null ? null : call.client().name());
        fields.put("business_number", Call::businessNumber);
        fields.put(
                "agent.extension",
                call -> call.agent() == null ? null : call.agent().extension());
        fields.put(
                "agent.name", call -> call.agent() == null ? null : call.agent().name());
        fields.put("started_at", Call::startedAt);
        fields.put("answered_at", Call::answeredAt);
        fields.put("ended_at", Call::endedAt);
        fields.put("wait_seconds", Call::waitTime);
        fields.put("talk_seconds", Call::talkTime);
        fields.put("duration_seconds", Call::duration);
        fields.put("legs", Call::legs);
        fields.put("recording", Call::recording);
        fields.put("sources", Call::sources);
        fields.put("provisional", Call::confirmed);
        fields.put("version", Call::version);
        return fields;
    }
}
