package io.switchboard.projector.api.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.CallEvent;
import io.switchboard.call.CallFixtures;
import io.switchboard.call.CallScript;
import io.switchboard.projector.api.view.TimelineItem.Stored;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
    @Test
    void aRecordNamesTheFieldsOfWhichItSaysSomethingElse() {
        var events = CallScript.inbound("a")
                .event(0, "IncomingCall")
                .event(5, "IncomingCallRinging", "101")
                .event(70, "IncomingCallCompleted")
                .record(80, CallFixtures.incomingRecord("Connected", 30_000, true))
                .events();

        var items = timeline(events);

        assertThat(items.stream().filter(item -> !List.of().equals(item.json().get("disagrees"))))
                .singleElement()
                .satisfies(item -> assertThat(item.json())
                        .containsEntry("type", "call")
                        .containsEntry("disagrees", List.of("outcome", "ended_at", "duration_seconds", "legs")));
    }

    @Test
    void noNumberOfAPersonIsInATimeline() {
        var events = new CallScript("a", "+13125550199", CallScript.BUSINESS)
                .event(0, "IncomingCall")
                .record(80, CallFixtures.incomingRecord("Missed", 30_000, true))
                .events();

        var items = timeline(events);

        assertThat(items.toString()).contains("5550199");
        assertThat(items.stream().map(TimelineItem::json).toList().toString())
                .contains("disagrees=[client]")
                .doesNotContain("5550199", "5550117", "Dana");
    }

    private static List<TimelineItem> timeline(List<CallEvent> events) {
        return Timeline.of(events.stream()
                .map(event -> new Stored(event, 1, new Receipt.Place("mightycall.calls", 0, 1L)))
                .toList());
    }
}
