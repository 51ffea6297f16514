package io.switchboard.poller;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.sync.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class OrderQueueTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final OrderQueue orders = new OrderQueue();

    @Test
    void aWakeEndsAWaitAlthoughNothingWasOrdered() throws Exception {
        var waker = Thread.ofVirtual().start(orders::wake);

        assertThat(orders.await(LONG)).isFalse();
        assertThat(waker.join(LONG)).isTrue();
    }

    @Test
    void aWakeBeforeTheWaitIsNotLostAndCountsOnce() throws Exception {
        orders.wake();

        assertThat(orders.await(LONG)).isFalse();
        assertThat(orders.await(Duration.ofMillis(1))).isFalse();
    }

    @Test
    void anOrderEndsAWaitAndWhatWasAcceptedIsSkipped() throws Exception {
        orders.add(order("a"), 3);
        orders.add(order("b"), 4);

        assertThat(orders.await(LONG)).isTrue();
        orders.skipTo(4);
        assertThat(orders.next()).extracting(OrderQueue.Received::offset).isEqualTo(4L);
        assertThat(orders.next()).isNull();
    }

    private static Order order(String id) {
        return new Order(id, "default", Order.Kind.SYNC, List.of(), null, null, "somebody", Instant.EPOCH);
    }
}
