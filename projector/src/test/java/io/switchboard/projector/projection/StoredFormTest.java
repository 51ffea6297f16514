package io.switchboard.projector.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.call.CallRecord;
import io.switchboard.call.CallRecord.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What rows hold of values that have other limits than Postgres. */
class StoredFormTest {
    @Test
    void nulAndLoneSurrogatesStayVisible() {
        assertThat(PlainText.of("a\0b\ud800c\udc00")).isEqualTo("a\u2400b\ufffdc\ufffd");
    }

    @Test
    void surrogatePairsStayWhatTheyAre() {
        assertThat(PlainText.of("x\ud83d\ude00y")).isEqualTo("x\ud83d\ude00y");
    }

    @Test
    void aCutPairIsNotLeftLone() {
        assertThat(PlainText.start("ab\ud83d\ude00", 3)).isEqualTo("ab\ufffd");
    }

    @Test
    void aRecordReadsBackExactly() {
        var full = new CallRecord(
                "Incoming",
                "Missed",
                Instant.parse("2026-03-09T17:00:00.1234567Z"),
                Duration.ofMillis(70_204),
                new Party("A \"b\"", null, "+13125550117", null),
                List.of(new Party(null, "101", null, true), new Party(null, "102", "x", false)),
                "+12025550143",
                "https://recordings.example/1");
        var empty = new CallRecord(null, null, null, null, null, List.of(), null, null);

        assertThat(CallRecordCodec.decode(CallRecordCodec.encode(full))).isEqualTo(full);
        assertThat(CallRecordCodec.decode(CallRecordCodec.encode(empty))).isEqualTo(empty);
    }

    @Test
    void timesBeyondTheCalendarAreRefused() {
        assertThat(Calendar.column(null)).isNull();
        assertThat(Calendar.column(Instant.parse("1969-12-31T23:59:59.999999999Z")))
                .hasToString("1969-12-31T23:59:59.999999Z");
        assertThatThrownBy(() -> Calendar.column(Instant.parse("+10000-01-01T00:00:00Z")))
                .isInstanceOf(Calendar.OutOfRange.class);
        assertThatThrownBy(() -> Calendar.column(Instant.MIN)).isInstanceOf(Calendar.OutOfRange.class);
    }

    @Test
    void clientDigitsAreTheDigitsAlone() {
        assertThat(CallTable.digits("+1 (312) 555-0117")).isEqualTo("13125550117");
        assertThat(CallTable.digits("Widget 7")).isNull();
        assertThat(CallTable.digits(null)).isNull();
    }

    @Test
    void slicesKeepOrderAndBounds() {
        var bounds = new BatchBounds(3, 10);

        assertThat(bounds.slices(List.of(1, 2, 3, 4, 20, 1, 9, 1), Integer::longValue))
                .containsExactly(List.of(1, 2, 3), List.of(4), List.of(20), List.of(1, 9), List.of(1));
    }
}
