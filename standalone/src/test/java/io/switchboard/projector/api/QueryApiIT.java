package io.switchboard.projector.api;

import static io.switchboard.projector.api.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists and single calls over a real Postgres. */
class QueryApiIT {
    @TempDir
    static Path folder;

    static ApiUnderTest api;

    @BeforeAll
    static void start() throws Exception {
        api = new ApiUnderTest(folder);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void empty() {
        api.empty();
    }

    @Test
    void everyRowIsSeenOnceThoughAllShareOneMicrosecondAndMoreArrive() {
        api.sql("""
                insert into call (account, call_id, direction, state, started_at, recording_status, sources, confirmed,
                                  last_event_at, version)
                select case i %% 3 when 0 then 'east' else 'west' end, 'call-' || i, 'inbound', 'ended',
                       '2026-03-09T17:00:00.123456Z', 'none', '{webhook}', true, now(), 1
                from generate_series(1, 1000) i""".replace("%%", "%"));
        var seen = new ArrayList<String>();

        var path = "/v1/calls?limit=7";
        for (int page = 0; path != null; page++) {
            var reply = api.get(path, "a");
            assertThat(reply.status()).isEqualTo(200);
            seen.addAll(reply.each("id"));
            call("late-" + page).startedAt("2026-03-09T18:00:00Z").insert(api);
            var next = reply.json().path("page").path("next");
            assertThat(reply.json().path("page").path("has_more").asBoolean()).isEqualTo(!next.isNull());
            path = next.isNull() ? null : "/v1/calls?limit=7&cursor=" + next.asText();
        }

        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 1000)
                        .mapToObj(i -> "call-" + i)
                        .toList());
    }
}
