package io.switchboard.poller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.sync.BudgetReport;
import io.switchboard.sync.Job;
import io.switchboard.sync.PollerReport;
import io.switchboard.sync.ResourceReport;
import io.switchboard.sync.SyncJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateCodecTest {
    private final PlanScript script = PlanScript.settled().orders(order -> order.sync("s"));
    private final Map<String, byte[]> entries = script.state.entries();

    @Test
    void thereIsAnEntryForEachKeyOfTheTopic() {
        assertThat(entries)
                .containsOnlyKeys(
                        "poller",
                        "budget",
                        "calls",
                        "journal",
                        "voicemails",
                        "phone-numbers",
                        "team",
                        "profiles",
                        "contacts",
                        "agent-status",
                        "job/s");
    }

    @Test
    void othersReadTheirReportsInThem() {
        assertThat(read("poller", PollerReport.class)).isEqualTo(script.state.poller());
        assertThat(read("budget", BudgetReport.class)).isEqualTo(script.state.budget());
        assertThat(read("calls", ResourceReport.class).completeThrough()).isNotNull();
        assertThat(read("job/s", Job.class)).isEqualTo(script.job("s"));
    }

    @Test
    void theTokenIsNotAmongThem() {
        for (var json : entries.values()) {
            assertThat(new String(json, StandardCharsets.UTF_8)).doesNotContainIgnoringCase("token");
        }
    }

    @Test
    void theyStaySmall() {
        var end = script.now.plus(Duration.ofHours(24));
        while (script.now.isBefore(end)) {
            script.wakesOrAnswers(request -> null);
        }

        assertThat(script.state.entries().values()).allMatch(json -> json.length < 8_000);
    }

    @Test
    void aBudgetThatCannotBeReadCountsAsSpentForADay() {
        var damaged = new HashMap<>(entries);
        damaged.put("budget", "{\"spent\":".getBytes(StandardCharsets.UTF_8));

        script.state = AccountState.of("default", damaged, script.now);
        script.start();

        assertThat(script.command).isInstanceOf(Command.Pause.class);
        assertThat(script.state.budget().left()).isZero();
        assertThat(script.state.budget().spent()).isEqualTo(2500);
        script.after(Duration.ofHours(26));
        assertThat(script.command).isEqualTo(new Command.LogIn());
    }

    @Test
    void whatElseCannotBeReadBeginsAfresh() {
        var damaged = new HashMap<>(entries);
        damaged.replaceAll((key, json) -> key.equals("budget") ? json : new byte[] {'['});

        script.state = AccountState.of("default", damaged, script.now);
        script.start();

        assertThat(script.command).isEqualTo(new Command.LogIn());
        assertThat(script.state.jobs()).isEmpty();
        assertThat(script.state.budget().spent()).isGreaterThan(10);
    }

    private <T> T read(String key, Class<T> type) {
        return SyncJson.read(entries.getOrDefault(key, new byte[0]), type).orElseThrow();
    }
}
