package io.switchboard.projector.api.view;

import static io.switchboard.call.Call.word;

import io.switchboard.call.Call;
import io.switchboard.event.Source;
import io.switchboard.projector.api.access.Masking;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A call as a row of cells; null is unknown. The order of the columns is part of the API: new ones come last. */
public final class CallCells {
    public static final List<String> COLUMNS = List.of(
            "id",
            "account",
            "direction",
            "state",
            "outcome",
            "client_number",
            "client_name",
            "business_number",
            "agent_extension",
            "agent_name",
            "started_at",
            "answered_at",
            "ended_at",
            "wait_seconds",
            "talk_seconds",
            "duration_seconds",
            "extensions",
            "recording_status",
            "sources",
            "provisional",
            "version");

    private static final String BETWEEN = ";";
    private static final int MICRO = 6;
    private static final long MICROS_OF_SECOND = 1_000_000;
    private static final int NANOS_OF_MICRO = 1_000;

    private CallCells() {}

    public static List<@Nullable String> of(ReadCall read, Masking masking) {
        var call = read.call();
        var client = call.client();
        var agent = call.agent();
        var cells = new ArrayList<@Nullable String>(COLUMNS.size());
        cells.add(call.id());
        cells.add(call.account());
        cells.add(word(call.direction()));
        cells.add(word(call.state()));
        cells.add(call.outcome() == null ? null : word(call.outcome()));
        cells.add(client == null ? null : masking.address(client.number()));
        cells.add(client == null ? null : masking.text(client.name()));
        cells.add(call.businessNumber());
        cells.add(agent == null ? null : agent.extension());
        cells.add(agent == null ? null : agent.name());
        cells.add(Values.time(call.startedAt()));
        cells.add(Values.time(call.answeredAt()));
        cells.add(Values.time(call.endedAt()));
        cells.add(seconds(call.waitTime()));
        cells.add(seconds(call.talkTime()));
        cells.add(seconds(call.duration()));
        cells.add(call.legs().stream().map(Call.Leg::extension).distinct().collect(Collectors.joining(BETWEEN)));
        cells.add(word(call.recording().status()));
        cells.add(call.sources().stream().sorted().map(Source::word).collect(Collectors.joining(BETWEEN)));
        cells.add(Boolean.toString(read.provisional()));
        cells.add(Integer.toString(call.version()));
        return cells;
    }

    /** Without an exponent, and with the digits that are there. */
    private static @Nullable String seconds(@Nullable Duration duration) {
        if (duration == null) {
            return null;
        }
        var micros = duration.getSeconds() * MICROS_OF_SECOND + duration.getNano() / NANOS_OF_MICRO;
        return micros == 0
                ? "0"
                : BigDecimal.valueOf(micros, MICRO).stripTrailingZeros().toPlainString();
    }
}
