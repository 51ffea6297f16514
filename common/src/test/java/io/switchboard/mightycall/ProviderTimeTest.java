package io.switchboard.mightycall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-03-09T14:02:10.5140000Z, 2026-03-09T14:02:10.514Z",
        "2026-03-09T14:50:00.1234567Z, 2026-03-09T14:50:00.123456700Z",
        "2026-03-09T14:50:00.123456789Z, 2026-03-09T14:50:00.123456700Z",
        "2018-06-05T13:38:51.62+00:00, 2018-06-05T13:38:51.620Z",
        "2018-06-05T13:38:51.2848358+00:00, 2018-06-05T13:38:51.284835800Z",
        "2018-06-05T13:38:51, 2018-06-05T13:38:51Z",
        "2018-06-05t13:38:51z, 2018-06-05T13:38:51Z",
        "2018-06-05 13:38:51, 2018-06-05T13:38:51Z",
        "2018-06-05T13:38:51-04:00, 2018-06-05T17:38:51Z",
        "2018-06-05T13:38:51.5+05:30, 2018-06-05T08:08:51.500Z",
        "2018-06-05T13:38:51.Z, 2018-06-05T13:38:51Z",
        "2018-06-05, 2018-06-05T00:00:00Z",
        "' 2018-06-05T13:38:51Z ', 2018-06-05T13:38:51Z",
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "2199-12-31T23:59:59Z, 2199-12-31T23:59:59Z"
    })
    void theProvidersSpellingsAreRead(String text, Instant time) {
        assertThat(ProviderTime.parse(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "0001-01-01T00:00:00",
                "1969-12-31T23:59:59Z",
                "2200-01-01T00:00:00Z",
                "2026-02-30T00:00:00Z",
                "2026-13-01",
                "2026-03-09T24:00:00Z",
                "2026-03-09T23:60:00Z",
                "2026-03-09T23:59:60Z",
                "2026-03-09T23:59Z",
                "2026-03-09T23:59:59.1234567890Z",
                "2026-03-09T23:59:59+0400",
                "2026-03-09T23:59:59+19:00",
                "2026-03-09T23:59:59+01:60",
                "2026-03-09T23:59:59Q",
                "2026-03-09X23:59:59Z",
                "2026/03/09",
                "1773064930514",
                "２０２６-03-09"
            })
    void everythingElseIsUnknown(String text) {
        assertThat(ProviderTime.parse(text)).isNull();
    }

    @Test
    void damageNeverThrows() {
        var seed = 7L;
        System.out.println("ProviderTimeTest seed " + seed);
        var random = new SplittableRandom(seed);
        for (var i = 0; i < 2_000; i++) {
            var text = new StringBuilder("2026-03-09T14:02:10.5140000+00:00");
            text.setCharAt(random.nextInt(text.length()), "Z9-:.+T x\u0000".charAt(random.nextInt(10)));
            text.setLength(random.nextInt(text.length()) + 1);
            var time = ProviderTime.parse(text.toString());
            assertThat(time == null || time.isAfter(Instant.EPOCH))
                    .as("%s", text)
                    .isTrue();
        }
    }
}
