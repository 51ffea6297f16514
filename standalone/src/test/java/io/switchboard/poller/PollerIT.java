package io.switchboard.poller;

import static io.switchboard.poller.PollerUnderTest.ACCOUNT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.event.Resource;
import io.switchboard.event.Source;
import io.switchboard.event.Topic;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import io.switchboard.sync.BudgetReport;
import io.switchboard.sync.Job;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** One poller, two lives: everything a provider has is in the log once, and nothing of the keys is anywhere. */
@ExtendWith(RealInfrastructure.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PollerIT {
    private static final int CALLS = 60;
    private static final int TEXTS = 15;
    private static final String GIVEN_BACK = "+12025550199";
    private static final Pattern ACCESS_TOKEN = Pattern.compile("[A-Za-z0-9_-]{200,}");
    private static final Pattern REFRESH_TOKEN = Pattern.compile("(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=");

    private static final Vertx VERTX = Vertx.vertx();
    private static LogCapture logs;
    private static SimulatedProvider provider;
    private static PollerUnderTest poller;

    @BeforeAll
    static void start(Infrastructure infrastructure) throws Exception {
        logs = LogCapture.begin();
        provider = SimulatedProvider.start(
                VERTX,
                "one",
                Map.of(
                        "SIMULATOR_HISTORY_CALLS", Integer.toString(CALLS),
                        "SIMULATOR_HISTORY_HOURS", "20",
                        "SIMULATOR_HISTORY_TEXTS", Integer.toString(TEXTS)));
        poller = new PollerUnderTest(VERTX, infrastructure, provider.credentials());
        poller.ensureTopics();
        poller.append(givenBack());
        poller.start();
        poller.awaitFirstCycle(ACCOUNT);
    }

    @AfterAll
    static void stop() throws Exception {
        poller.close();
        provider.close();
        var closed = VERTX.close().await(20, TimeUnit.SECONDS);
        assert closed == null;
        logs.close();
    }

    @Test
    @Order(1)
    void everythingTheProviderHasIsInTheLogUnderItsKeyWithItsBytes() {
        assertHolds(Resource.CALLS, "calls?pageSize=1000", "/data/calls", "id", CALLS);
        assertHolds(
                Resource.JOURNAL,
                "journal/requests?type=All&showUsers=true&pageSize=1000",
                "/requests",
                "id",
                CALLS + TEXTS);
        assertHolds(Resource.VOICEMAILS, "voicemails?pageSize=1000", "/data/voicemails", "id", 1);
        assertHolds(Resource.TEAM, "team", "/users", "id", 24);
        assertHolds(Resource.CONTACTS, "contacts?page=1&pageSize=100", "/data/contacts", "contactId", 40);
        assertHolds(Resource.PHONE_NUMBERS, "phonenumbers", "/data/phoneNumbers", "number", 3);
        assertOne(Resource.PROFILES, "101", provider.listing("profile"));
        assertOne(Resource.AGENT_STATUS, "101", provider.listing("profile/status"));
        assertThat(new String(only(Resource.JOURNAL, "message").getFirst().value(), UTF_8))
                .contains("\"type\":\"message\"");
    }

    @Test
    @Order(2)
    void whatTheProviderNoLongerHasIsATombstone() {
        assertThat(poller.records(Topic.PHONE_NUMBERS).stream()
                        .filter(record -> new String(record.key(), UTF_8).equals(GIVEN_BACK))
                        .map(ConsumerRecord::value))
                .hasSize(2)
                .last()
                .isNull();
    }

    @Test
    @Order(3)
    void theSecondLifePublishesNothingAgainAndKnowsWhatWasSpent() throws Exception {
        var before = contents();
        assertThat(poller.budget(ACCOUNT).map(BudgetReport::spent)).hasValue(provider.counted());
        poller.stop();
        var countedBefore = provider.counted();

        poller.start();
        var status = poller.sync(ACCOUNT, "own-status", Resource.AGENT_STATUS.word());
        var job = poller.sync(ACCOUNT, "everything");

        assertThat(status.published()).as("under the key of the first life").isZero();
        assertThat(job.status()).isEqualTo(Job.Status.DONE);
        assertThat(job.published()).isZero();
        assertThat(job.read().get("calls")).isEqualTo(CALLS);
        assertThat(contents()).isEqualTo(before);
        var spentMeanwhile = provider.counted() - countedBefore;
        assertThat(spentMeanwhile - status.spentRequests() - job.spentRequests())
                .as("beside the sync: a token, and what had fallen due")
                .isBetween(1, 4);
        PollerUnderTest.until(
                () -> poller.budget(ACCOUNT).map(BudgetReport::spent).orElseThrow() == provider.counted());
    }

    @Test
    @Order(4)
    void noKeyAndNoTokenIsInAnyTopicOrLine() {
        var unused = provider.listing("ping");
        assertThat(provider.ownToken()).matches(ACCESS_TOKEN);
        var texts = new ArrayList<>(logs.lines());
        for (var topic : Set.of(
                Topic.CALLS,
                Topic.JOURNAL,
                Topic.VOICEMAILS,
                Topic.PHONE_NUMBERS,
                Topic.EXTENSIONS,
                Topic.CONTACTS,
                Topic.AGENT_STATUS,
                Topic.SYNC_REQUESTS,
                Topic.SYNC_STATE)) {
            poller.records(topic).forEach(record -> {
                texts.add(new String(record.key(), UTF_8));
                texts.add(record.value() == null ? "" : new String(record.value(), UTF_8));
                record.headers().forEach(header -> texts.add(new String(header.value(), ISO_8859_1)));
            });
        }

        assertThat(texts)
                .hasSizeGreaterThan(500)
                .noneSatisfy(text -> assertThat(text.contains(provider.userKey)
                                || text.contains(provider.apiKey)
                                || text.toLowerCase(Locale.ROOT).contains("bearer")
                                || ACCESS_TOKEN.matcher(text).find()
                                || REFRESH_TOKEN.matcher(text).find())
                        .isTrue());
    }

    /** The record of a number that the company had once. */
    private static Envelope givenBack() {
        var json = "{\"number\":\"" + GIVEN_BACK + "\"}";
        var now = Instant.now();
        return new Envelope(
                EventId.ofRecord(ACCOUNT, Resource.PHONE_NUMBERS.word(), GIVEN_BACK, json),
                Topic.PHONE_NUMBERS,
                GIVEN_BACK,
                Source.POLL,
                ACCOUNT,
                Resource.PHONE_NUMBERS.type(),
                now,
                now,
                "",
                null,
                json.getBytes(UTF_8));
    }

    private static void assertHolds(Resource resource, String path, String rows, String id, int least) {
        var listing = provider.listing(path);
        var ids = new TreeSet<String>();
        for (JsonNode row : SimulatedProvider.parsed(listing).at(rows)) {
            assertThat(ids.add(row.path(id).asText())).isTrue();
        }
        assertThat(ids).as(path).hasSizeGreaterThanOrEqualTo(least);
        var events = poller.events(resource).stream()
                .filter(event -> !event.key().equals(GIVEN_BACK))
                .toList();
        var keys = events.stream().map(Envelope::key).toList();
        if (resource == Resource.PHONE_NUMBERS) {
            assertThat(keys).doesNotHaveDuplicates().containsAll(ids); // the deleted ones beside them
        } else {
            assertThat(keys).as(path).containsExactlyInAnyOrderElementsOf(ids);
        }
        assertThat(events).allSatisfy(event -> assertComesFrom(event, resource, listing));
    }

    private static void assertOne(Resource resource, String key, String answer) {
        assertThat(only(resource, "").stream().filter(event -> event.key().equals(key)))
                .singleElement()
                .satisfies(event -> assertComesFrom(event, resource, answer));
    }

    private static List<Envelope> only(Resource resource, String text) {
        return poller.events(resource).stream()
                .filter(event -> new String(event.value(), UTF_8).contains(text))
                .toList();
    }

    private static void assertComesFrom(Envelope event, Resource resource, String answer) {
        assertThat(event.ceSource()).isEqualTo("/mightycall/" + ACCOUNT + "/poll");
        assertThat(event.source()).isEqualTo(Source.POLL);
        assertThat(event.account()).isEqualTo(ACCOUNT);
        assertThat(event.type()).isEqualTo(resource.type());
        assertThat(answer).contains(new String(event.value(), UTF_8));
        assertThat(event.value()).startsWith('{').endsWith('}');
    }

    /** Ids of everything published, by resource. */
    private static Map<Resource, List<String>> contents() {
        var contents = new EnumMap<Resource, List<String>>(Resource.class);
        for (var resource : Resource.values()) {
            contents.put(
                    resource,
                    poller.events(resource).stream()
                            .map(event -> event.id().toString())
                            .collect(Collectors.toList()));
        }
        return contents;
    }
}
