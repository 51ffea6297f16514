package io.switchboard.projector.api.table;

import io.switchboard.call.Call;
import io.switchboard.call.Call.Agent;
import io.switchboard.call.Call.Client;
import io.switchboard.call.Call.Direction;
import io.switchboard.call.Call.Leg;
import io.switchboard.call.Call.LegResult;
import io.switchboard.call.Call.Outcome;
import io.switchboard.call.Call.Recording;
import io.switchboard.call.Call.State;
import io.switchboard.event.Source;
import io.switchboard.projector.api.view.ReadCall;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the rows of {@link CallSelect} back into calls. */
final class CallRows {
    private static final double NANOS = 1e9;

    private CallRows() {}

    static List<ReadCall> readAll(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(CallRows::read)
                .toList();
    }

    static ReadCall read(Row row) {
        var call = new Call(
                row.getString("account"),
                row.getString("call_id"),
                Direction.valueOf(name(row.getString("direction"))),
                State.valueOf(name(row.getString("state"))),
                outcome(row.getString("outcome")),
                client(row.getString("client_number"), row.getString("client_name")),
                row.getString("business_number"),
                agent(row.getString("agent_extension"), row.getString("agent_name")),
                Times.known(row, "started_at"),
                Times.instant(row, "answered_at"),
                Times.instant(row, "ended_at"),
                duration(row, "wait_seconds"),
                duration(row, "talk_seconds"),
                duration(row, "duration_seconds"),
                legs(row),
                new Recording(Recording.Status.valueOf(name(row.getString("recording_status"))), null),
                sources(row.getArrayOfStrings("sources")),
                row.getBoolean("confirmed"),
                Times.known(row, "last_event_at"),
                row.getInteger("version"));
        return new ReadCall(call, row.getBoolean("provisional"));
    }

    private static @Nullable Outcome outcome(@Nullable String word) {
        return word == null ? null : Outcome.valueOf(name(word));
    }

    private static @Nullable Client client(@Nullable String number, @Nullable String name) {
        return number == null ? null : new Client(number, name);
    }

    private static @Nullable Agent agent(@Nullable String extension, @Nullable String name) {
        return extension == null ? null : new Agent(extension, name);
    }

    private static List<Leg> legs(Row row) {
        @Nullable String[] extensions = row.getArrayOfStrings("leg_extension");
        if (extensions == null) {
            return List.of();
        }
        @Nullable OffsetDateTime[] ringing = row.getArrayOfOffsetDateTimes("leg_ringing_at");
        @Nullable OffsetDateTime[] connected = row.getArrayOfOffsetDateTimes("leg_connected_at");
        @Nullable OffsetDateTime[] ended = row.getArrayOfOffsetDateTimes("leg_ended_at");
        @Nullable String[] results = row.getArrayOfStrings("leg_result");
        var legs = new ArrayList<Leg>(extensions.length);
        for (int i = 0; i < extensions.length; i++) {
            legs.add(new Leg(
                    extensions[i],
                    Times.instant(ringing[i]),
                    Times.instant(connected[i]),
                    Times.instant(ended[i]),
                    LegResult.valueOf(name(results[i]))));
        }
        return legs;
    }

    private static Set<Source> sources(String[] words) {
        var sources = EnumSet.noneOf(Source.class);
        Arrays.stream(words).flatMap(word -> Source.ofWord(word).stream()).forEach(sources::add);
        return sources;
    }

    static @Nullable Duration duration(Row row, String column) {
        Double seconds = row.getDouble(column);
        return seconds == null ? null : Duration.ofNanos(Math.round(seconds * NANOS));
    }

    private static String name(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
