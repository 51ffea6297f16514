package io.switchboard.projector.api.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.projector.api.order.BackfillPrice.DailyRows;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackfillPriceTest {
    @ParameterizedTest(name = "{0} from {1} to {2} with {3} calls and {4} voicemails a day: {5} slices, {6} requests")
    @CsvSource({
        "calls,                    2026-03-01T00:00:00Z, 2026-03-02T00:00:00Z, 0,    0,    1,    1",
        "calls,                    2026-03-01T00:00:00Z, 2026-03-01T00:00:01Z, 0,    0,    1,    1",
        "calls,                    2026-03-01T00:00:00Z, 2026-03-02T00:00:01Z, 0,    0,    2,    2",
        "calls,                    2026-03-01T00:00:00Z, 2026-03-31T00:00:00Z, 1000, 0,   30,   30",
        "calls,                    2026-03-01T00:00:00Z, 2026-03-31T00:00:00Z, 1001, 0,   30,   60",
        "calls;journal;voicemails, 2026-03-01T00:00:00Z, 2026-03-03T00:00:00Z, 2500, 10,   6,   14",
        "voicemails,               2025-03-01T00:00:00Z, 2026-03-01T00:00:00Z, 9999, 1500, 365, 730",
    })
    void aPageForEveryThousandRowsOfEachDayAndResource(
            String resources, Instant from, Instant to, double calls, double voicemails, int slices, int requests) {
        var price = BackfillPrice.of(List.of(resources.split(";")), from, to, new DailyRows(calls, voicemails));

        assertThat(price).isEqualTo(new BackfillPrice(slices, requests));
    }
}
