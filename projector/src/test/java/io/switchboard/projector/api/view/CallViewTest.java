package io.switchboard.projector.api.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import io.switchboard.projector.api.access.Masking;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallViewTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant START = Instant.parse("2026-03-09T17:00:00.514Z");

    @Test
    void anAnsweredCallLooksAsTheContractShowsIt() throws Exception {
        var call = new Call(
                "default",
                "7df52a62-0d5a-4a0e-9d2a-2f6f0f6f7c11",
                Direction.INBOUND,
                State.ENDED,
                Outcome.ANSWERED,
                new Client("+13125550117", null),
                "+12025550143",
                new Agent("102", null),
                START,
                START.plusSeconds(9),
                START.plusMillis(70_200),
                Duration.ofSeconds(9),
                Duration.ofMillis(61_200),
                Duration.ofMillis(70_200),
                List.of(new Leg("101", START.plusNanos(1_000), null, START.plusSeconds(5), LegResult.NO_ANSWER)),
                new Recording(Recording.Status.READY, "https://recordings.example/secret"),
                Set.of(Source.POLL, Source.WEBHOOK),
                true,
                START,
                7);

        assertThat(json(call, Masking.PLAIN)).isEqualTo(JSON.readTree("""
                {"id":"7df52a62-0d5a-4a0e-9d2a-2f6f0f6f7c11","account":"default","direction":"inbound","state":"ended",
                 "outcome":"answered","client":{"number":"+13125550117","name":null},"business_number":"+12025550143",
                 "agent":{"extension":"102","name":null},"started_at":"2026-03-09T17:00:00.514Z",
                 "answered_at":"2026-03-09T17:00:09.514Z","ended_at":"2026-03-09T17:01:10.714Z",
                 "wait_seconds":9.0,"talk_seconds":61.2,"duration_seconds":70.2,
                 "legs":[{"extension":"101","ringing_at":"2026-03-09T17:00:00.514001Z","connected_at":null,
                          "ended_at":"2026-03-09T17:00:05.514Z","result":"no_answer"}],
                 "recording":{"status":"ready"},"sources":["webhook","poll"],"provisional":false,"version":7}"""));
    }

    @Test
    void whatIsUnknownIsNull() throws Exception {
        var json = json(open(null), Masking.PLAIN);

        for (var member : List.of(
                "outcome",
                "client",
                "business_number",
                "agent",
                "answered_at",
                "ended_at",
                "wait_seconds",
                "talk_seconds",
                "duration_seconds")) {
            assertThat(json.has(member)).as(member).isTrue();
            assertThat(json.path(member).isNull()).as(member).isTrue();
        }
        assertThat(json.path("legs")).isEmpty();
    }

    @Test
    void maskedRolesSeeNeitherNumbersNorNamesThatAreNumbers() throws Exception {
        var json = json(open(new Client("+13125550117", "312 555 0117")), Masking.MASKED);

        assertThat(json.path("client").path("number").asText()).isEqualTo("+1312•••••17");
        assertThat(json.path("client").path("name").asText()).isEqualTo("3125••••17");
    }

    private static Call open(@org.jspecify.annotations.Nullable Client client) {
        return new Call(
                "default",
                "c1",
                Direction.UNKNOWN,
                State.UNKNOWN,
                null,
                client,
                null,
                null,
                START,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                Recording.NONE,
                Set.of(Source.WEBHOOK),
                false,
                START,
                1);
    }

    private static JsonNode json(Call call, Masking masking) throws Exception {
        return JSON.readTree(JSON.writeValueAsString(CallView.of(new ReadCall(call, false), masking)));
    }
}
