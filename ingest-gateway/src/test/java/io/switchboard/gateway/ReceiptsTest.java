package io.switchboard.gateway;

import static io.switchboard.gateway.GatewayFixtures.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.event.EventId;
import io.switchboard.kafka.LogPosition;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
    private static final LogPosition POSITION = new LogPosition("mightycall.calls", 3, 42, Instant.EPOCH);

    private final Receipts receipts = new Receipts();

    @Test
    void theLogWinsOverTheSpoolInWhateverOrderTheyAreNoted() {
        receipts.replicated(envelope(1), POSITION);
        receipts.spooled(envelope(1));
        receipts.spooled(envelope(2));

        assertThat(receipts.find(envelope(1).id()).orElseThrow().position()).isEqualTo(POSITION);
        assertThat(receipts.find(envelope(2).id()).orElseThrow().position()).isNull();
        assertThat(receipts.find(new EventId(8, 8))).isEmpty();
    }

    @Test
    void onlyTheLastTwentyThousandAreKept() {
        for (var number = 0; number <= 20_000; number++) {
            receipts.spooled(envelope(number, 0));
        }

        assertThat(receipts.find(envelope(0).id())).isEmpty();
        assertThat(receipts.find(envelope(1).id())).isPresent();
        assertThat(receipts.find(envelope(20_000).id())).isPresent();
    }
}
