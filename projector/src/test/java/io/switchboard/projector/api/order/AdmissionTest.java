package io.switchboard.projector.api.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.projector.api.order.Admission.Closed;
import io.switchboard.projector.api.order.Admission.Open;
import io.switchboard.projector.api.view.PollerStates.OfAccount;
import io.switchboard.sync.PollerReport;
import io.switchboard.sync.PollerReport.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    @Test
    void aPollerThatPollsTakesOrders() {
        assertThat(admission(State.POLLING, null, null)).isEqualTo(new Open(null));
        assertThat(admission(State.RETRYING, PollerReport.UNREACHABLE, null)).isEqualTo(new Open(null));
    }

    @Test
    void withoutAPollerTheOrderWaitsAndSaysSo() {
        var never = Admission.of(new OfAccount("west", null, null, List.of(), null), NOW);
        var longAgo = Admission.of(
                new OfAccount("west", report(State.POLLING, null, null), null, List.of(), NOW.minusSeconds(601)), NOW);

        assertThat(never)
                .isInstanceOfSatisfying(
                        Open.class, open -> assertThat(open.detail()).contains("west", "waits"));
        assertThat(longAgo)
                .isInstanceOfSatisfying(
                        Open.class,
                        open -> assertThat(open.detail()).contains("has not reported since 2026-03-10T11:49:59Z"));
    }

    @Test
    void refusedCredentialsAreAnOperatorsAffair() {
        assertThat(admission(State.HALTED, PollerReport.AUTH_FAILED, null))
                .isInstanceOfSatisfying(Closed.class, closed -> {
                    assertThat(closed.problem().status()).isEqualTo(502);
                    assertThat(closed.problem().type()).isEqualTo("provider-auth-failed");
                    assertThat(closed.problem().detail()).contains("west", "MIGHTYCALL_API_KEY");
                    assertThat(closed.retryAfter()).isNull();
                });
    }

    @Test
    void anIdlePollerTakesNone() {
        assertThat(admission(State.IDLE, PollerReport.NO_CREDENTIALS, null))
                .isInstanceOfSatisfying(Closed.class, closed -> {
                    assertThat(closed.problem().status()).isEqualTo(503);
                    assertThat(closed.problem().type()).isEqualTo("poller-idle");
                });
    }

    @Test
    void theLimitSaysUntilWhen() {
        var limited = admission(State.HALTED, PollerReport.LIMIT_EXCEEDED, NOW.plusSeconds(90));

        assertThat(limited).isInstanceOfSatisfying(Closed.class, closed -> {
            assertThat(closed.problem().status()).isEqualTo(503);
            assertThat(closed.problem().detail()).contains("2026-03-10T12:01:30Z");
            assertThat(closed.retryAfter()).isEqualTo(Duration.ofSeconds(90));
        });
        assertThat(admission(State.HALTED, PollerReport.LIMIT_EXCEEDED, NOW)).isEqualTo(new Open(null));
    }

    private static Admission admission(State state, @Nullable String reason, @Nullable Instant until) {
        return Admission.of(new OfAccount("west", report(state, reason, until), null, List.of(), NOW), NOW);
    }

    private static PollerReport report(State state, @Nullable String reason, @Nullable Instant until) {
        return new PollerReport("west", state, reason, null, until, NOW.minusSeconds(700), NOW.minusSeconds(700));
    }
}
