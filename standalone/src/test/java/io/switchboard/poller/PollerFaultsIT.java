package io.switchboard.poller;

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
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Providers in trouble, each in another way, by seed: in the end every record is in the log. */
@ExtendWith(RealInfrastructure.class)
class PollerFaultsIT {
    private static final int CALLS = 40;
    private static final List<String> FAULTS = List.of("cut", "error", "reset");
    private static final String DRIFT = "drift";
    private static final String GONE = "contact-that-is-no-more";

    private static final Vertx VERTX = Vertx.vertx();
    private static final Map<String, SimulatedProvider> PROVIDERS = new TreeMap<>();
    private static PollerUnderTest poller;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start(Infrastructure infrastructure) throws Exception {
        for (var fault : FAULTS) {
            provide(fault, "0.3");
        }
        provide(DRIFT, "0.4");
        var accounts = new StringBuilder();
        PROVIDERS.forEach((name, provider) -> accounts.append(provider.account(name, "")));
        var file = Files.writeString(folder.resolve("accounts.yaml"), accounts);
        poller = new PollerUnderTest(VERTX, infrastructure, Map.of("MIGHTYCALL_ACCOUNTS_FILE", file.toString()));
        poller.ensureTopics();
        poller.append(gone());
        poller.start();
    }

    @AfterAll
    static void stop() throws Exception {
        poller.close();
        for (var provider : PROVIDERS.values()) {
            provider.close();
        }
        var closed = VERTX.close().await(20, TimeUnit.SECONDS);
        assert closed == null;
    }

    @Test
    void answersCutOffErrorsAndBrokenConnectionsCostTimeAndNoRecord() {
        for (var fault : FAULTS) {
            var provider = provider(fault);
            PollerUnderTest.until(() -> provider.mishaps(fault) >= 2);
            provider.turn("{\"api_" + fault + "_probability\":0}");
            poller.awaitFirstCycle(fault);
            assertThat(keys(fault, Resource.CALLS)).as(fault).isEqualTo(ids(provider, Resource.CALLS));
            assertThat(keys(fault, Resource.JOURNAL)).as(fault).isEqualTo(ids(provider, Resource.JOURNAL));
            assertThat(keys(fault, Resource.TEAM)).as(fault).isEqualTo(ids(provider, Resource.TEAM));
            assertThat(keys(fault, Resource.CONTACTS)).as(fault).isEqualTo(ids(provider, Resource.CONTACTS));
            assertThat(poller.budget(fault).orElseThrow().spent()).as(fault).isEqualTo(provider.counted());
        }
    }

    @Test
    void driftedRowsArriveUnderTheIdOfTheirBytesAndDeleteNothing() throws Exception {
        var provider = provider(DRIFT);
        poller.awaitFirstCycle(DRIFT);
        provider.turn("{\"api_drift_probability\":0}");
        var all = poller.sync(DRIFT, "as-it-is");
        assertThat(all.published()).isPositive();
        assertThat(keys(DRIFT, Resource.CALLS)).containsAll(ids(provider, Resource.CALLS));
        assertThat(keys(DRIFT, Resource.TEAM)).containsAll(ids(provider, Resource.TEAM));
        var nameless = events(DRIFT, Resource.CALLS).stream()
                .filter(event -> !parsed(event).has("id"))
                .toList();
        assertThat(nameless).isNotEmpty().allSatisfy(event -> {
            assertThat(event.id()).isEqualTo(EventId.ofBytes(DRIFT, event.value()));
            assertThat(event.key()).isEqualTo(event.id().toString());
        });
        assertThat(events(DRIFT, Resource.CONTACTS))
                .as("a row without an id may be whoever seems to be missing")
                .anyMatch(event -> event.key().endsWith(GONE))
                .anyMatch(event -> event.value().length > 0 && !parsed(event).has("contactId"))
                .noneMatch(event -> event.value().length == 0);
    }

    private static SimulatedProvider provider(String name) {
        return Objects.requireNonNull(PROVIDERS.get(name));
    }

    private static void provide(String fault, String probability) throws Exception {
        PROVIDERS.put(
                fault,
                SimulatedProvider.start(
                        VERTX,
                        fault,
                        Map.of(
                                "SIMULATOR_HISTORY_CALLS",
                                Integer.toString(CALLS),
                                "SIMULATOR_HISTORY_HOURS",
                                "20",
                                "SIMULATOR_API_" + fault.toUpperCase(java.util.Locale.ROOT) + "_PROBABILITY",
                                probability)));
    }

    private static Envelope gone() {
        var json = "{\"contactId\":\"" + GONE + "\"}";
        var now = Instant.now();
        return new Envelope(
                EventId.ofRecord(DRIFT, Resource.CONTACTS.word(), GONE, json),
                Topic.CONTACTS,
                Resource.CONTACTS.key(DRIFT, GONE),
                Source.POLL,
                DRIFT,
                Resource.CONTACTS.type(),
                now,
                now,
                "",
                null,
                json.getBytes(UTF_8));
    }

    private static Set<String> keys(String account, Resource resource) {
        return events(account, resource).stream()
                .map(event -> resource.id(account, event.key()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Envelope> events(String account, Resource resource) {
        return poller.events(resource).stream()
                .filter(event -> event.account().equals(account))
                .toList();
    }

    private static JsonNode parsed(Envelope event) {
        return SimulatedProvider.parsed(new String(event.value(), UTF_8));
    }

    /** What the provider has. */
    private static Set<String> ids(SimulatedProvider provider, Resource resource) {
        var ids = new TreeSet<String>();
        switch (resource) {
            case CALLS -> add(ids, provider, "calls?pageSize=1000", "/data/calls");
            case JOURNAL -> add(ids, provider, "journal/requests?type=All&pageSize=1000", "/requests");
            case TEAM -> add(ids, provider, "team", "/users");
            case CONTACTS -> add(ids, provider, "contacts?page=1&pageSize=100", "/data/contacts");
            default -> throw new IllegalArgumentException(resource.word());
        }
        assertThat(ids).isNotEmpty();
        return ids;
    }

    private static void add(Set<String> ids, SimulatedProvider provider, String path, String rows) {
        for (JsonNode row : SimulatedProvider.parsed(provider.listing(path)).at(rows)) {
            assertThat(ids.add(
                            row.path(row.has("contactId") ? "contactId" : "id").asText()))
                    .isTrue();
        }
    }
}
