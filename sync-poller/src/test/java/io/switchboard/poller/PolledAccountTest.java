package io.switchboard.poller;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchboard.kafka.InMemoryEventLog;
import io.switchboard.poller.plan.PlanSettings;
import io.switchboard.poller.plan.SyncPlan;
import io.switchboard.poller.provider.ProviderMetrics;
import io.switchboard.runtime.SettingsReader;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolledAccountTest {

    @Test
    void aClosedAccountIsNotPolledWhoeverWinsIt() {
        var vertx = Vertx.vertx();
        try {
            var settings = PollerSettings.of(SettingsReader.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")));
            var registry = new SimpleMeterRegistry();
            var account = settings.accounts().getFirst();
            var polled = new PolledAccount(
                    account,
                    new PolledAccount.Parts(
                            vertx,
                            settings,
                            new SyncPlan(PlanSettings.ofDailyRequests(2_500)),
                            new InMemoryEventLog(),
                            new PollerMetrics(registry, List.of(account.id())),
                            new ProviderMetrics(registry),
                            InstantSource.system()));

            polled.close().await();
            polled.lead();

            assertThat(polled.isLed()).isFalse();
        } finally {
            vertx.close().await();
        }
    }
}
