package io.switchboard.poller.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.event.Topic;
import io.switchboard.kafka.KafkaSettings;
import io.switchboard.kafka.TopicCatalog;
import io.switchboard.poller.kafka.StateLog.LostException;
import io.switchboard.runtime.SettingsReader;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealInfrastructure.class)
class StateAndLeadershipIT {
    private KafkaSettings settings;

    @BeforeEach
    void topics(Infrastructure infrastructure) throws Exception {
        settings = KafkaSettings.of(SettingsReader.of(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                infrastructure.bootstrapServers(),
                "TOPIC_PREFIX",
                infrastructure.topicPrefix() + System.nanoTime() + ".",
                "TOPIC_PARTITIONS",
                "4")));
        try (var admin = Admin.create(settings.client(Map.of()))) {
            new TopicCatalog(settings).ensure(admin, List.of(Topic.SYNC_STATE));
        }
    }

    @Test
    void whoTakesOverFindsWhatWasSavedAndNothingThatWasDeleted() throws Exception {
        try (var first = new KafkaStateLog(settings, "default");
                var neighbour = new KafkaStateLog(settings, "other");
                var second = new KafkaStateLog(settings, "default")) {
            assertThat(first.takeOver()).isEmpty();
            assertThat(neighbour.takeOver()).isEmpty();
            first.save(entries("calls", "1", "job/a", "queued"));
            first.save(entries("calls", "2", "job/a", null));
            neighbour.save(entries("calls", "9"));

            var found = second.takeOver();

            assertThat(found.keySet()).containsExactly("calls");
            assertThat(found.get("calls")).isEqualTo("2".getBytes(UTF_8));
        }
    }

    @Test
    void aZombiesWritesCountForNothing() throws Exception {
        try (var zombie = new KafkaStateLog(settings, "default");
                var leader = new KafkaStateLog(settings, "default");
                var heir = new KafkaStateLog(settings, "default")) {
            assertThat(zombie.takeOver()).isEmpty();
            zombie.save(entries("budget", "10 spent"));
            assertThat(leader.takeOver()).containsOnlyKeys("budget");
            leader.save(entries("budget", "11 spent"));

            assertThatThrownBy(() -> zombie.save(entries("budget", "forgot what the leader spent")))
                    .isInstanceOf(LostException.class);
            leader.save(entries("budget", "12 spent"));

            assertThat(heir.takeOver().get("budget")).isEqualTo("12 spent".getBytes(UTF_8));
        }
    }

    @Test
    void whoLostTheAccountCannotSaveAnythingMore() throws Exception {
        try (var zombie = new KafkaStateLog(settings, "default");
                var leader = new KafkaStateLog(settings, "default")) {
            assertThat(zombie.takeOver()).isEmpty();
            assertThat(leader.takeOver()).isEmpty();

            assertThatThrownBy(() -> zombie.save(entries("calls", "1"))).isInstanceOf(LostException.class);
            assertThatThrownBy(() -> zombie.save(entries("calls", "1"))).isInstanceOf(LostException.class);
        }
    }

    @Test
    void eachAccountHasOneLeaderAndAnotherTakesOverWhenItLeaves() {
        var accounts = List.of("default", "north", "south");
        var first = new Recorder();
        var second = new Recorder();
        try (var one = new Leadership(settings, accounts, first);
                var two = new Leadership(settings, accounts, second)) {
            one.start();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> first.leads.containsAll(accounts));
            two.start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> first.leads.size() + second.leads.size() == accounts.size());

            one.close();

            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> second.leads.containsAll(accounts));
            assertThat(first.leads).isEmpty();
        }
    }

    private static final class Recorder implements Leadership.Listener {
        private final Set<String> leads = new ConcurrentSkipListSet<>();

        @Override
        public void won(String account) {
            assertThat(leads.add(account)).isTrue();
        }

        @Override
        public void lost(String account) {
            assertThat(leads.remove(account)).isTrue();
        }
    }

    private static Map<String, byte @Nullable []> entries(@Nullable String... pairs) {
        var entries = new HashMap<String, byte @Nullable []>();
        for (int i = 0; i < pairs.length; i += 2) {
            var value = pairs[i + 1];
            entries.put(String.valueOf(pairs[i]), value == null ? null : value.getBytes(UTF_8));
        }
        return entries;
    }
}
