package io.switchboard.poller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Resource;
import io.switchboard.event.Topic;
import io.switchboard.kafka.InMemoryEventLog;
import io.switchboard.kafka.InMemoryEventLog.Behaviour;
import io.switchboard.poller.plan.ProviderRequest;
import io.switchboard.poller.provider.ProviderAnswer;
import io.switchboard.poller.provider.ProviderRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordPublisherTest {
    private static final Instant NOW = Instant.parse("2026-03-09T17:00:00.123456789Z");

    private final InMemoryEventLog log = new InMemoryEventLog();
    private final AccountKnowledge knowledge = new AccountKnowledge(Duration.ofHours(4));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RecordPublisher publisher =
            new RecordPublisher("default", log, knowledge, new PollerMetrics(registry, List.of("default")));

    @Test
    void eachRowGoesUnderItsOwnKeyAsTheProviderSentIt() throws Exception {
        var published = publish(numbers("+12025550143", "+12025550178"));

        assertThat(published).isEqualTo(2);
        assertThat(log.acknowledged()).extracting(Envelope::key).containsExactly("+12025550143", "+12025550178");
        var first = log.acknowledged().getFirst();
        assertThat(first.topic()).isEqualTo(Topic.PHONE_NUMBERS);
        assertThat(first.type()).isEqualTo("mightycall.phone-number");
        assertThat(first.ceSource()).isEqualTo("/mightycall/default/poll");
        assertThat(new String(first.value(), UTF_8)).isEqualTo("{\"number\":\"+12025550143\"}");
        assertThat(first.receivedAt()).isEqualTo(Instant.parse("2026-03-09T17:00:00.123456Z"));
    }

    @Test
    void whatHasNotChangedIsNotPublishedAgain() throws Exception {
        publish(numbers("+12025550143"));

        assertThat(publish(numbers("+12025550143"))).isZero();

        assertThat(log.acknowledged()).hasSize(1);
        assertThat(registry.get("switchboard.poll.records")
                        .tags("resource", "phone-numbers", "result", "unchanged")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void whatTheLogHoldsFromBeforeIsNotPublishedAgain() throws Exception {
        publish(numbers("+12025550143"));
        var restarted = new AccountKnowledge(Duration.ofHours(4));
        log.acknowledged().forEach(restarted::observe);
        var metrics = new PollerMetrics(new SimpleMeterRegistry(), List.of("default"));
        var again = new RecordPublisher("default", log, restarted, metrics);

        assertThat(again.publish(new ProviderRequest.PhoneNumbers(), numbers("+12025550143"), NOW, () -> false))
                .isZero();
    }

    @Test
    void aRowThatCannotBeReadGoesThereOnceUnderTheIdOfItsBytes() throws Exception {
        var unreadable = record(null, "[1,2]");

        publish(new ProviderAnswer.Page(List.of(unreadable), 1, null, null));
        publish(new ProviderAnswer.Page(List.of(unreadable), 1, null, null));

        assertThat(log.acknowledged()).singleElement().satisfies(envelope -> {
            assertThat(envelope.key()).isEqualTo(unreadable.eventId().toString());
            assertThat(new String(envelope.value(), UTF_8)).isEqualTo("[1,2]");
        });
    }

    @Test
    void whileTheBrokersAreAwayThePageIsKeptAndTriedAgain() throws Exception {
        var appends = new AtomicInteger();
        log.behave(envelope -> appends.getAndIncrement() < 2
                ? new Behaviour.Fail(new IllegalStateException("away"))
                : new Behaviour.Acknowledge());

        assertThat(publish(numbers("+12025550143", "+12025550178"))).isEqualTo(2);

        assertThat(log.acknowledged()).hasSize(2);
    }

    @Test
    void aStopEndsTheWaitForTheBrokers() throws Exception {
        log.behave(new Behaviour.Fail(new IllegalStateException("away")));
        var asked = new AtomicInteger();

        var unused = publisher.publish(
                new ProviderRequest.PhoneNumbers(), numbers("+12025550143"), NOW, () -> asked.getAndIncrement() > 0);

        assertThat(log.acknowledged()).isEmpty();
    }

    @Test
    void onlyWhatACompleteListingNoLongerHasIsDeleted() throws Exception {
        publish(numbers("+12025550143", "+12025550178"));
        publisher.deleteMissing(Resource.PHONE_NUMBERS, NOW);
        publish(numbers("+12025550178"));

        publisher.deleteMissing(Resource.PHONE_NUMBERS, NOW);
        publisher.deleteMissing(Resource.PHONE_NUMBERS, NOW);

        assertThat(log.acknowledged()).hasSize(3);
        assertThat(log.acknowledged().getLast()).satisfies(deletion -> {
            assertThat(deletion.key()).isEqualTo("+12025550143");
            assertThat(deletion.value()).isEmpty();
        });
        assertThat(publish(numbers("+12025550143"))).as("and it may come back").isOne();
    }

    @Test
    void anEmptyListingDeletesNothing() throws Exception {
        publish(numbers("+12025550143"));
        publish(numbers());

        publisher.deleteMissing(Resource.PHONE_NUMBERS, NOW);

        assertThat(log.acknowledged()).hasSize(1);
    }

    @Test
    void aListingWithARowThatCannotBeReadDeletesNothing() throws Exception {
        publish(numbers("+12025550143", "+12025550178"));
        publish(page(record("+12025550178", "{\"number\":\"+12025550178\"}"), record(null, "{\"label\":\"Main\"}")));

        publisher.deleteMissing(Resource.PHONE_NUMBERS, NOW);

        assertThat(log.acknowledged()).noneMatch(envelope -> envelope.value().length == 0);
        publish(numbers("+12025550178"));
        publisher.deleteMissing(Resource.PHONE_NUMBERS, NOW);
        assertThat(log.acknowledged().stream().filter(envelope -> envelope.value().length == 0))
                .extracting(Envelope::key)
                .contains("+12025550143");
    }

    @Test
    void aListingOfSeveralPagesIsTakenTogether() throws Exception {
        var knownOnly = record(Resource.CONTACTS, "c", "{}");
        publish(new ProviderRequest.Contacts(null, 1, 2), page(knownOnly));
        publish(new ProviderRequest.Contacts(null, 1, 2), page(record(Resource.CONTACTS, "a", "{}")));
        publish(new ProviderRequest.Contacts(null, 2, 2), page(record(Resource.CONTACTS, "b", "{}")));

        publisher.deleteMissing(Resource.CONTACTS, NOW);

        assertThat(log.acknowledged().stream().filter(envelope -> envelope.value().length == 0))
                .extracting(Envelope::key)
                .containsExactly("c");
    }

    @CanIgnoreReturnValue
    private int publish(ProviderAnswer.Page page) throws InterruptedException {
        return publish(new ProviderRequest.PhoneNumbers(), page);
    }

    @CanIgnoreReturnValue
    private int publish(ProviderRequest request, ProviderAnswer.Page page) throws InterruptedException {
        return publisher.publish(request, page, NOW, () -> false);
    }

    private static ProviderAnswer.Page numbers(String... numbers) {
        return page(Stream.of(numbers)
                .map(number -> record(number, "{\"number\":\"" + number + "\"}"))
                .toArray(ProviderRecord[]::new));
    }

    private static ProviderAnswer.Page page(ProviderRecord... records) {
        return new ProviderAnswer.Page(List.of(records), records.length, null, null);
    }

    private static ProviderRecord record(@Nullable String id, String json) {
        return record(Resource.PHONE_NUMBERS, id, json);
    }

    private static ProviderRecord record(Resource resource, @Nullable String id, String json) {
        var bytes = json.getBytes(UTF_8);
        var content =
                id == null ? EventId.ofBytes("default", bytes) : EventId.ofRecord("default", resource.word(), id, json);
        return new ProviderRecord(resource, id, content, null, bytes);
    }
}
