package io.switchboard.poller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchboard.event.EventId;
import io.switchboard.event.Resource;
import io.switchboard.kafka.InMemoryEventLog;
import io.switchboard.poller.kafka.StateLog;
import io.switchboard.poller.kafka.StateLog.LostException;
import io.switchboard.poller.plan.Failure;
import io.switchboard.poller.plan.PlanSettings;
import io.switchboard.poller.plan.ProviderRequest;
import io.switchboard.poller.plan.SyncPlan;
import io.switchboard.poller.provider.CommandAnswer;
import io.switchboard.poller.provider.Provider;
import io.switchboard.poller.provider.ProviderAnswer;
import io.switchboard.poller.provider.ProviderRecord;
import io.switchboard.poller.provider.TokenAnswer;
import io.switchboard.sync.BudgetReport;
import io.switchboard.sync.Job;
import io.switchboard.sync.Order;
import io.switchboard.sync.PersonCommand;
import io.switchboard.sync.PollerReport;
import io.switchboard.sync.StateKey;
import io.switchboard.sync.SyncJson;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SyncLoopTest {
    private static final Instant NOW = Instant.parse("2026-03-09T17:00:00Z");
    private static final int LIMIT = 2_500;

    private final InMemoryStateLog states = new InMemoryStateLog();
    private final InMemoryEventLog log = new InMemoryEventLog();
    private final OrderQueue orders = new OrderQueue();
    private final ScriptedProvider provider = new ScriptedProvider();
    private final List<SyncLoop> loops = new ArrayList<>();

    @AfterEach
    void stop() {
        loops.forEach(SyncLoop::stop);
        orders.wake();
    }

    @Test
    void everyRequestIsSavedAsSpentBeforeItIsMade() {
        provider.onRequest = () -> provider.spentWhenAsked.add(spent());

        start(states.owner());

        await(() -> provider.requests() >= 9);
        for (int i = 0; i < provider.spentWhenAsked.size(); i++) {
            assertThat(provider.spentWhenAsked.get(i)).isGreaterThanOrEqualTo(i + 1);
        }
        assertThat(log.acknowledged()).isNotEmpty();
    }

    @Test
    void whoWasReplacedAsksForNothingMore() throws Exception {
        var zombie = loop(states.owner());
        provider.onRequest = () -> {
            if (states.takeOvers() == 1) {
                takenOverBy(states.owner());
            }
        };

        assertThatThrownBy(zombie::run).isInstanceOf(LostException.class);

        assertThat(provider.requests()).as("the one that it had saved").isOne();
    }

    @Test
    void aNewLeaderGoesOnWithWhatWasSpent() {
        var first = start(states.owner());
        await(() -> provider.requests() >= 9 && spent() >= 9);
        first.stop();
        orders.wake();
        var before = spent();

        start(states.owner());

        orders.add(sync("44444444-0000-4000-8000-000000000001"), 1);
        await(() -> states.takeOvers() == 2 && spent() > before);
    }

    @Test
    void anOrderIsDoneAtOnceAndOnlyOnce() {
        start(states.owner());
        await(() -> provider.requests() >= 9);
        var order = sync("11111111-0000-4000-8000-000000000001");

        orders.add(order, 7);
        orders.add(order, 8);

        await(() ->
                job(order.id()).filter(job -> job.status() == Job.Status.DONE).isPresent());
        var asked = provider.requests();
        orders.add(order, 9);
        await(() -> new String(states.entries().get(StateKey.ORDERS), UTF_8).contains("10"));
        assertThat(provider.requests()).isEqualTo(asked);
    }

    @Test
    void ordersThatAnEarlierLeaderAcceptedAreSkipped() {
        var first = start(states.owner());
        var order = sync("22222222-0000-4000-8000-000000000001");
        orders.add(order, 41);
        await(() -> job(order.id()).filter(job -> job.status().isFinal()).isPresent());
        first.stop();
        var standby = new OrderQueue();
        standby.add(order, 41);

        standby.skipTo(42);

        assertThat(standby.next()).isNull();
        assertThat(new String(states.entries().get(StateKey.ORDERS), UTF_8)).contains("42");
    }

    @Test
    void rejectedKeysHaltItWithOneRequestAndAWordForTheOperator() {
        provider.token =
                new TokenAnswer.Refused(new Failure(Failure.Kind.CREDENTIALS_REJECTED, "400 invalid_client", null));

        start(states.owner());

        await(() -> poller().state() == PollerReport.State.HALTED);
        assertThat(poller().reason()).isEqualTo(PollerReport.AUTH_FAILED);
        assertThat(provider.requests()).isOne();
    }

    @Test
    void withoutKeysItIdlesAndFailsWhatIsOrdered() {
        var saved = new SavedState("default", states.owner(), metrics(), new LastReports());
        var idle = new IdleLoop("default", saved, orders, () -> NOW);
        var order = sync("33333333-0000-4000-8000-000000000001");
        orders.add(order, 3);
        var unused = Thread.ofVirtual().start(() -> run(idle));

        await(() -> job(order.id()).isPresent());

        assertThat(poller().state()).isEqualTo(PollerReport.State.IDLE);
        assertThat(job(order.id()).orElseThrow().error()).isEqualTo(PollerReport.NO_CREDENTIALS);
        idle.stop();
        orders.wake();
    }

    @CanIgnoreReturnValue
    private SyncLoop start(StateLog owner) {
        var loop = loop(owner);
        loops.add(loop);
        var unused = Thread.ofVirtual().start(() -> run(loop));
        return loop;
    }

    private static void run(PolledAccount.Stoppable loop) {
        try {
            loop.run();
        } catch (LostException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SyncLoop loop(StateLog owner) {
        var knowledge = new AccountKnowledge(Duration.ofHours(4));
        var metrics = metrics();
        var publisher = new RecordPublisher("default", log, knowledge, metrics);
        return new SyncLoop(
                "default",
                new SyncPlan(PlanSettings.ofDailyRequests(LIMIT)),
                new SyncLoop.Parts(
                        owner, provider, publisher, knowledge, orders, metrics, new LastReports(), () -> NOW));
    }

    private static Order sync(String id) {
        return new Order(id, "default", Order.Kind.SYNC, List.of(), null, null, "somebody", NOW);
    }

    private static PollerMetrics metrics() {
        return new PollerMetrics(new SimpleMeterRegistry(), List.of("default"));
    }

    private int spent() {
        return entry(StateKey.BUDGET, BudgetReport.class)
                .map(BudgetReport::spent)
                .orElse(0);
    }

    private PollerReport poller() {
        return entry(StateKey.POLLER, PollerReport.class)
                .orElse(new PollerReport("default", PollerReport.State.POLLING, null, null, null, NOW, NOW));
    }

    private Optional<Job> job(String id) {
        return entry(StateKey.JOB_PREFIX + id, Job.class);
    }

    private <T> Optional<T> entry(String entry, Class<T> type) {
        var json = states.entries().get(entry);
        return json == null ? Optional.empty() : SyncJson.read(json, type);
    }

    private static void takenOverBy(StateLog owner) {
        try {
            assertThat(owner.takeOver()).isNotEmpty();
        } catch (LostException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(condition::getAsBoolean);
    }

    /** Answers every list with nothing, numbers with one number, and counts. */
    private static final class ScriptedProvider implements Provider {
        private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        private final List<Integer> spentWhenAsked = Collections.synchronizedList(new ArrayList<>());
        private volatile Runnable onRequest = () -> {};
        private volatile TokenAnswer token = new TokenAnswer.Granted(NOW.plusSeconds(86_399));
        private final Function<ProviderRequest, ProviderAnswer> answers = ScriptedProvider::answer;

        int requests() {
            return asked.size();
        }

        @Override
        public Future<TokenAnswer> logIn() {
            return asked("token", token);
        }

        @Override
        public Future<TokenAnswer> renew() {
            return asked("token", token);
        }

        @Override
        public Future<ProviderAnswer> fetch(ProviderRequest request) {
            return asked(request.resource().word(), answers.apply(request));
        }

        @Override
        public Future<CommandAnswer> perform(PersonCommand command) {
            return asked(command.type(), new CommandAnswer.Done());
        }

        private <T> Future<T> asked(String what, T answer) {
            onRequest.run();
            asked.add(Objects.requireNonNull(what));
            return Future.succeededFuture(answer);
        }

        private static ProviderAnswer answer(ProviderRequest request) {
            if (request instanceof ProviderRequest.PhoneNumbers) {
                var json = "{\"number\":\"+12025550143\"}";
                var id = EventId.ofRecord("default", "phone-numbers", "+12025550143", json);
                var number = new ProviderRecord(Resource.PHONE_NUMBERS, "+12025550143", id, null, json.getBytes(UTF_8));
                return new ProviderAnswer.Page(List.of(number), 1, null, null);
            }
            return new ProviderAnswer.Page(List.of(), 0, 0L, 1);
        }
    }
}
