package io.switchboard.simulator.rows;

import io.switchboard.call.Call.Outcome;
import io.switchboard.simulator.media.MediaLinks;
import io.switchboard.simulator.rows.RowSettings.Casing;
import io.switchboard.simulator.rows.RowSettings.Direction;
import io.switchboard.simulator.rows.RowSettings.Offset;
import io.switchboard.simulator.rows.RowSettings.Wrapping;
import io.switchboard.simulator.script.CallKind;
import io.switchboard.simulator.world.CallFacts.Part;
import io.switchboard.simulator.world.SimulatedCall;
import io.switchboard.simulator.world.Staff;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of {@code /calls} (API.md section 5.1). */
public final class CallRows {
    private final Reading reading;

    public CallRows(Reading reading) {
        this.reading = reading;
    }

    public JsonObject row(SimulatedCall call) {
        return base(call)
                .put("duration", duration(call))
                .word("direction", direction(call), Casing.PASCAL)
                .word("callStatus", status(call), Casing.PASCAL)
                .put("callRecord", record(call))
                .json();
    }

    /** A call that has just been ordered: nothing is known of how it goes. */
    public JsonObject ordered(SimulatedCall call) {
        var client = new Row(reading.form())
                .put("isConnected", false)
                .put("phone", call.facts().client());
        return new Row(reading.form())
                .put("id", call.guid().toString())
                .put(
                        "caller",
                        new Row(reading.form()).put("name", name(dialler(call))).json())
                .put("called", new JsonArray().add(client.json()))
                .put("businessNumber", call.facts().business())
                .time("dateTimeUtc", call.startedAt(), Offset.NUMERIC)
                .put("duration", null)
                .word("direction", "Outgoing", Casing.PASCAL)
                .put("callStatus", null)
                .put("callRecord", null)
                .json();
    }

    /** Around a single call. */
    public JsonObject wrapped(JsonObject call) {
        return reading.form().call() == Wrapping.BARE
                ? call
                : new JsonObject().put("data", call).put("isSuccess", true);
    }

    private Row base(SimulatedCall call) {
        return new Row(reading.form())
                .put("id", call.guid().toString())
                .put("caller", caller(call))
                .put("called", new JsonArray(called(call)))
                .put("businessNumber", call.facts().business())
                .time("dateTimeUtc", call.startedAt(), Offset.NUMERIC);
    }

    private JsonObject caller(SimulatedCall call) {
        if (fromInside(call)) {
            var dialler = dialler(call);
            return new Row(reading.form())
                    .put("name", name(dialler))
                    .put("extension", dialler)
                    .json();
        }
        var client = call.facts().client();
        return new Row(reading.form())
                .maybe("name", call.script().kind() == CallKind.WIDGET ? client : null)
                .maybe("phone", call.script().kind() == CallKind.WIDGET ? null : client)
                .json();
    }

    private List<JsonObject> called(SimulatedCall call) {
        if (!fromInside(call)) {
            return call.facts().parts().stream().map(part -> user(call, part)).toList();
        }
        if (call.script().kind() == CallKind.INTERNAL) {
            return call.facts().parts().stream()
                    .skip(1)
                    .map(part -> user(call, part))
                    .toList();
        }
        var client = new Row(reading.form())
                .put("isConnected", call.facts().answeredAt() != null)
                .put("phone", call.facts().client());
        return List.of(client.json());
    }

    private JsonObject user(SimulatedCall call, Part part) {
        var first = Objects.equals(part.connectedAt(), call.facts().answeredAt()) && part.connectedAt() != null;
        return new Row(reading.form())
                .put("isConnected", part.connectedAt() != null)
                .maybe("isFirstConnected", first ? true : null)
                .put("name", name(part.extension()))
                .put("extension", part.extension())
                .json();
    }

    /** Whether somebody of the company stands as the caller. */
    private boolean fromInside(SimulatedCall call) {
        return switch (call.script().kind().direction()) {
            case OUTBOUND, INTERNAL -> true;
            case CALLBACK -> reading.form().callback() == Direction.OUTGOING;
            case INBOUND, UNKNOWN -> false;
        };
    }

    private String direction(SimulatedCall call) {
        return switch (call.script().kind().direction()) {
            case INBOUND, UNKNOWN -> "Incoming";
            case OUTBOUND -> "Outgoing";
            case CALLBACK -> pascal(reading.form().callback());
            case INTERNAL -> pascal(reading.form().internal());
        };
    }

    private @Nullable String status(SimulatedCall call) {
        return reading.over(call) ? status(call.script().kind().recorded()) : null;
    }

    private @Nullable String status(Outcome outcome) {
        return switch (outcome) {
            case ANSWERED -> "Connected";
            case MISSED -> "Missed";
            case VOICEMAIL -> "VoiceMail";
            case DROPPED -> "Dropped";
            case UNANSWERED, UNKNOWN ->
                switch (reading.form().unanswered()) {
                    case MISSED -> "Missed";
                    case NULL -> null;
                    case CANCELED -> "Canceled";
                    case NO_ANSWER -> "NoAnswer";
                    case DROPPED -> "Dropped";
                };
        };
    }

    /** The whole call in milliseconds, as text. */
    private @Nullable String duration(SimulatedCall call) {
        return reading.over(call)
                ? Long.toString(
                        Duration.between(call.startedAt(), call.endsAt()).toMillis())
                : null;
    }

    private @Nullable JsonObject record(SimulatedCall call) {
        return reading.recording(call)
                .map(link -> new Row(reading.form())
                        .put("fileName", MediaLinks.storagePath(call.guid()))
                        .put("uri", link)
                        .json())
                .orElse(null);
    }

    private static String dialler(SimulatedCall call) {
        return call.facts().parts().isEmpty()
                ? ""
                : call.facts().parts().getFirst().extension();
    }

    private String name(String extension) {
        return reading.staff().find(extension).map(Staff.Person::fullName).orElse("");
    }

    private static String pascal(Direction direction) {
        return switch (direction) {
            case INCOMING -> "Incoming";
            case OUTGOING -> "Outgoing";
            case CALLBACK -> "Callback";
            case INTERNAL -> "Internal";
        };
    }
}
