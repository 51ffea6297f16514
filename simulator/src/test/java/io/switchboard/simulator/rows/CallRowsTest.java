package io.switchboard.simulator.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.Call.Direction;
import io.switchboard.call.Call.Outcome;
import io.switchboard.simulator.media.MediaLinks;
import io.switchboard.simulator.media.MediaSettings;
import io.switchboard.simulator.rows.ListingSettings.Bounds;
import io.switchboard.simulator.script.CallKind;
import io.switchboard.simulator.script.Company;
import io.switchboard.simulator.switches.Toggle;
import io.switchboard.simulator.wire.WireSettings;
import io.switchboard.simulator.wire.WireSettings.Names;
import io.switchboard.simulator.world.Exchange;
import io.switchboard.simulator.world.SimulatedCall;
import io.switchboard.simulator.world.Staff;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows say what the webhooks said. */
class CallRowsTest {
    private static final Instant START = Instant.parse("2026-03-09T14:02:10.5140001Z");
    private static final int SEEDS = 30;

    @ParameterizedTest
    @EnumSource(value = CallKind.class, mode = EnumSource.Mode.EXCLUDE, names = "NEVER_ENDED")
    void aRowAgreesWithTheCallsWebhooks(CallKind kind) {
        for (long seed = 0; seed < SEEDS; seed++) {
            for (var names : Names.values()) {
                var call = call(kind, names, seed);
                var webhooks = webhooks(call);
                var row = new CallRows(reading(call.endsAt().plusSeconds(10))).row(call);

                assertThat(row.getString("id"))
                        .isEqualTo(body(webhooks.getFirst()).getString("Id"));
                assertThat(Instant.parse(row.getString("dateTimeUtc").replace("+00:00", "Z")))
                        .as("seed %d", seed)
                        .isEqualTo(Instant.parse(webhooks.getFirst().getString("Timestamp")));
                assertThat(Long.parseLong(row.getString("duration")))
                        .as("seed %d", seed)
                        .isEqualTo(Duration.between(call.startedAt(), call.endsAt())
                                .toMillis());
                var ours = kind.direction() == Direction.INBOUND ? "To" : "From";
                assertThat(row.getString("businessNumber"))
                        .isEqualTo(body(webhooks.getFirst()).getString(ours));
                assertThat(row.getString("callStatus").equals("Connected"))
                        .isEqualTo(kind.outcome() == Outcome.ANSWERED);
                if (kind.direction() == Direction.INBOUND) {
                    assertThat(connected(row))
                            .as("seed %d", seed)
                            .containsExactlyInAnyOrderElementsOf(connected(webhooks));
                }
            }
        }
    }

    @Test
    void aCallIsListedToTheMillisecondAndItsRecordingLater() {
        var call = call(CallKind.ANSWERED, Names.STANDARD, 1);
        var listedAt = call.endsAt().plusSeconds(10);

        assertThat(reading(listedAt.minusMillis(1)).lists(call)).isFalse();
        assertThat(reading(listedAt).lists(call)).isTrue();
        var readyAt = listedAt.plus(Duration.ofMinutes(3));
        assertThat(new CallRows(reading(readyAt.minusMillis(1))).row(call).getValue("callRecord"))
                .isNull();
        assertThat(new CallRows(reading(readyAt)).row(call).getValue("callRecord"))
                .isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"MISSED", "VOICEMAIL", "OUTGOING_UNANSWERED", "CALLBACK_UNANSWERED"})
    void nobodyTalkedSoNothingIsRecorded(CallKind kind) {
        var call = call(kind, Names.STANDARD, 1);

        var row = new CallRows(reading(call.endsAt().plus(Duration.ofDays(1)))).row(call);

        assertThat(row.getValue("callRecord")).isNull();
        assertThat(row.containsKey("callRecord")).isTrue();
    }

    @Test
    void aVoicemailIsPartOfItsCall() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var call = call(CallKind.VOICEMAIL, Names.STANDARD, seed);
            var reading = reading(call.endsAt().plusSeconds(10));
            var row = new VoicemailRows(reading).row(call);
            var journal = new JournalRows(reading).row(call);

            assertThat(Long.parseLong(row.getString("duration")))
                    .as("seed %d", seed)
                    .isBetween(11L, 75L);
            assertThat(journal.getString("state")).isEqualTo("voiceMail");
            assertThat(journal.getJsonObject("voicemail").getString("duration"))
                    .isEqualTo("00:0" + Long.parseLong(row.getString("duration")) / 60 + ":"
                            + String.format("%02d", Long.parseLong(row.getString("duration")) % 60));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "7, ON, 2026-03-09T14:02:10.5140001+00:00",
        "6, ON, 2026-03-09T14:02:10.514+00:00",
        "6, OFF, 2026-03-09T14:02:10.514000+00:00",
        "0, OFF, 2026-03-09T14:02:10+00:00"
    })
    void timesFollowTheirSwitches(int digits, Toggle trim, String expected) {
        var s = RowSettings.STANDARD;
        var form = new RowSettings(
                s.journal(),
                s.call(),
                s.team(),
                s.casing(),
                digits,
                trim,
                s.offset(),
                s.nulls(),
                s.requestGuid(),
                s.unanswered(),
                s.callback(),
                s.internal(),
                s.voicemailUnit(),
                s.statusWords());

        assertThat(Times.numeric(START, form)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"BOTH, true, true", "START, true, false", "END, false, true", "NEITHER, false, false"})
    void theEndsOfAWindowBelongToItAsTheSwitchSays(Bounds bounds, boolean first, boolean last) {
        var end = START.plusSeconds(60);

        assertThat(bounds.hold(START, START, end)).isEqualTo(first);
        assertThat(bounds.hold(end, START, end)).isEqualTo(last);
        assertThat(bounds.hold(START.plusNanos(1), START, end)).isTrue();
        assertThat(bounds.hold(START.minusNanos(1), START, end)).isFalse();
    }

    private static SimulatedCall call(CallKind kind, Names names, long seed) {
        var exchange = new Exchange(Company.standard(), "key");
        var style = new Exchange.Style(1, WireSettings.of(names));
        return exchange.live(kind, START, style, new SplittableRandom(seed));
    }

    private static Reading reading(Instant now) {
        return new Reading(
                now,
                RowSettings.STANDARD,
                ListingSettings.STANDARD,
                new MediaLinks("http://sim", MediaSettings.STANDARD),
                new Staff(Company.standard()));
    }

    private static List<JsonObject> webhooks(SimulatedCall call) {
        return call.events().stream()
                .map(event -> new JsonObject(Buffer.buffer(event.body())))
                .toList();
    }

    private static JsonObject body(JsonObject webhook) {
        return webhook.getJsonObject("Body");
    }

    private static List<String> connected(List<JsonObject> webhooks) {
        return webhooks.stream()
                .filter(webhook -> webhook.getString("EventType").endsWith("Connected"))
                .map(webhook -> body(webhook).getString("Extension"))
                .distinct()
                .toList();
    }

    private static List<String> connected(JsonObject row) {
        Stream<JsonObject> users = Objects.requireNonNullElse(row.getJsonArray("called"), new JsonArray()).stream()
                .map(user -> (JsonObject) user);
        return users.filter(user -> user.getBoolean("isConnected"))
                .map(user -> user.getString("extension"))
                .toList();
    }
}
