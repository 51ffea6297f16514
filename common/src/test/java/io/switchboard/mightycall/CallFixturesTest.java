package io.switchboard.mightycall;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.CallEvent;
import io.switchboard.call.CallFixtures;
import io.switchboard.event.Source;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallFixturesTest {

    @Test
    void aFixturesWebhookDecodesToItsEvent() {
        Stream.of(
                        CallFixtures.answeredCall(),
                        CallFixtures.groupCall(),
                        CallFixtures.outgoingUnanswered(),
                        CallFixtures.colleagueCall())
                .flatMap(List::stream)
                .forEach(CallFixturesTest::assertRoundTrip);
    }

    private static void assertRoundTrip(CallEvent event) {
        var scanned = (ScannedDelivery.Events) new WebhookScanner().scan(CallFixtures.webhook(event));
        var readable = (ScannedEvent.Readable) scanned.events().getFirst();
        var logged = new LoggedEvent(
                event.id(), Source.WEBHOOK, event.account(), readable.ceType(), event.receivedAt(), readable.bytes());

        assertThat(scanned.carriesOnly(CallFixtures.API_KEY)).isTrue();
        assertThat(new CallEventDecoder().decode(logged)).isEqualTo(new Decoded.Understood(event));
    }
}
