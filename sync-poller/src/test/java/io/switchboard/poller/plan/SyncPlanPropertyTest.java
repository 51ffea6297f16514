package io.switchboard.poller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.sync.Order;
import io.switchboard.sync.PersonCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whatever happens. The seed of a failure is in its message. */
class SyncPlanPropertyTest {
    private static final Instant BEGIN = Instant.parse("2026-03-10T12:00:00Z");
    private static final int SEEDS = 10;

    /** The clock errs by up to half an hour either way, as often as it likes. */
    @ParameterizedTest
    @ValueSource(ints = {3, 50, 300})
    void theBudgetHoldsInEvery24HoursWhateverComes(int limit) {
        int most = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            var random = new SplittableRandom(seed);
            var plan = new SyncPlan(PlanSettings.ofDailyRequests(limit));
            var state = plan.initial("default", BEGIN);
            var requests = new ArrayDeque<Instant>();
            var now = BEGIN;
            Outcome outcome = new Outcome.Started();
            var error = Duration.ZERO;
            for (int i = 0; i < 1000; i++) {
                error = random.nextInt(20) == 0 ? Duration.ofMinutes(random.nextInt(-30, 31)) : error;
                if (random.nextInt(25) == 0) {
                    state = AccountState.of("default", state.entries(), now.plus(error));
                    outcome = new Outcome.Started();
                }
                if (random.nextInt(40) == 0) {
                    state = plan.accept(state, order(random, now), now.plus(error));
                }
                var step = plan.step(state, outcome, attention(random, now), now.plus(error));
                state = step.state();
                if (step.command() instanceof Command.Pause pause) {
                    var length = Duration.between(now.plus(error), pause.until());
                    assertThat(length).as("pause, seed %d", seed).isPositive();
                    now = now.plus(random.nextInt(3) == 0 ? length.dividedBy(2) : length);
                    outcome = new Outcome.Woken();
                    continue;
                }
                requests.add(now);
                while (requests.element().isBefore(now.minus(Duration.ofHours(24)))) {
                    requests.remove();
                }
                assertThat(requests.size())
                        .as("requests in 24 h, seed %d", seed)
                        .isLessThanOrEqualTo(limit);
                most = Math.max(most, requests.size());
                now = now.plusMillis(random.nextInt(2000));
                outcome = outcome(random, now);
            }
        }
        assertThat(most).as("or else it shows nothing").isGreaterThan(Math.min(60, limit * 4 / 5));
    }

    @Test
    void aStateReadBackGoesOnAsItWould() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            var random = new SplittableRandom(seed);
            var plan = new SyncPlan(PlanSettings.ofDailyRequests(2500));
            var state = plan.initial("default", BEGIN);
            var now = BEGIN;
            Outcome outcome = new Outcome.Started();
            for (int i = 0; i < 300; i++) {
                var attention = attention(random, now);
                if (random.nextInt(10) == 0) {
                    state = plan.accept(state, order(random, now), now);
                }
                if (i % 7 == 0) {
                    var kept = AccountState.of("default", state.entries(), now);
                    assertThat(plan.step(kept, new Outcome.Started(), attention, now))
                            .as("seed %d, step %d", seed, i)
                            .isEqualTo(plan.step(state, new Outcome.Started(), attention, now));
                }
                var step = plan.step(state, outcome, attention, now);
                state = step.state();
                var pauses = step.command() instanceof Command.Pause;
                now = step.command() instanceof Command.Pause pause ? pause.until() : now.plusMillis(321);
                outcome = pauses ? new Outcome.Woken() : outcome(random, now);
            }
        }
    }

    @Test
    void noTimeAndNoEntryMakesItThrowOrRunOn() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            var random = new SplittableRandom(seed);
            var plan = new SyncPlan(PlanSettings.ofDailyRequests(random.nextInt(4000)));
            var state = plan.initial("default", wild(random));
            for (int i = 0; i < 400; i++) {
                if (random.nextInt(5) == 0) {
                    state = AccountState.of("default", garbled(state, random), wild(random));
                }
                var kind = Order.Kind.values()[random.nextInt(4)];
                var order = new Order(
                        "j" + i,
                        "default",
                        kind,
                        List.of(),
                        random.nextBoolean() ? wild(random) : null,
                        random.nextBoolean() ? wild(random) : null,
                        "ops",
                        wild(random),
                        kind == Order.Kind.COMMAND ? message("j" + i) : null);
                state = random.nextInt(9) == 0 ? plan.accept(state, order, wild(random)) : state;
                var outcome = random.nextInt(5) == 0 ? new Outcome.Started() : outcome(random, wild(random));
                state = plan.step(state, outcome, attention(random, wild(random)), wild(random))
                        .state();
                assertThat(state.entries()).as("seed %d", seed).isNotEmpty();
                assertThat(state.budget().left()).as("seed %d", seed).isNotNegative();
            }
        }
    }

    @Test
    void aCommandIsPerformedAgainOnlyWhereNothingWasDone() {
        var performed = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            var random = new SplittableRandom(seed);
            var plan = new SyncPlan(PlanSettings.ofDailyRequests(2500));
            var now = BEGIN;
            var state = plan.initial("default", now);
            var given = new HashMap<String, Order>();
            var mayBeDone = new HashSet<String>();
            Outcome outcome = new Outcome.Started();
            for (int i = 0; i < 600; i++) {
                now = now.plusSeconds(random.nextInt(random.nextInt(20) == 0 ? 1200 : 20));
                if (random.nextInt(3) == 0) {
                    var id = "m" + random.nextInt(80);
                    var at = now;
                    var order = given.computeIfAbsent(id, one -> Order.of(one, "default", message(one), "ops", at));
                    state = plan.accept(state, order, now);
                }
                if (random.nextInt(30) == 0) {
                    state = AccountState.of("default", state.entries(), now);
                    outcome = new Outcome.Started();
                }
                var step = plan.step(state, outcome, Attention.NONE, now);
                state = step.state();
                outcome = step.command() instanceof Command.LogIn || step.command() instanceof Command.Renew
                        ? new Outcome.LoggedIn(now.plus(Duration.ofHours(24)))
                        : step.command() instanceof Command.Pause ? new Outcome.Woken() : outcome(random, now);
                if (step.command() instanceof Command.Perform(PersonCommand.SendMessage message)) {
                    performed++;
                    assertThat(mayBeDone).as("seed %d", seed).doesNotContain(message.text());
                    outcome = random.nextBoolean() ? new Outcome.Performed() : outcome;
                    if (!saysThatNothingWasDone(outcome)) {
                        mayBeDone.add(message.text());
                    }
                }
            }
        }
        assertThat(performed).isGreaterThan(SEEDS * 10);
    }

    private static boolean saysThatNothingWasDone(Outcome outcome) {
        return outcome instanceof Outcome.Failed(var failure)
                && switch (failure.kind()) {
                    case TOKEN_REJECTED, CREDENTIALS_REJECTED, LIMIT_EXCEEDED, THROTTLED, UNREACHABLE -> true;
                    case FORBIDDEN, NOT_FOUND, BAD_REQUEST, SERVER_ERROR, TIMED_OUT, MALFORMED -> false;
                };
    }

    private static PersonCommand message(String text) {
        return new PersonCommand.SendMessage("+12025550143", List.of("+13125550117"), text);
    }

    private static HashMap<String, byte[]> garbled(AccountState state, SplittableRandom random) {
        var entries = new HashMap<String, byte[]>(state.entries());
        entries.replaceAll((key, json) -> {
            var bytes = json.clone();
            switch (random.nextInt(6)) {
                case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
                case 1 -> bytes = "{\"plan\":{}}".getBytes(StandardCharsets.UTF_8);
                case 2 ->
                    bytes = new String(bytes, StandardCharsets.UTF_8)
                            .replaceAll(
                                    "\"\\d{4}-[^\"]+\"",
                                    random.nextBoolean() ? "null" : "\"+999999999-12-31T23:59:59Z\"")
                            .getBytes(StandardCharsets.UTF_8);
                case 3 ->
                    bytes = new String(bytes, StandardCharsets.UTF_8)
                            .replaceAll(":\\d+([,}])", random.nextBoolean() ? ":-2147483648$1" : ":2147483647$1")
                            .getBytes(StandardCharsets.UTF_8);
                default -> {}
            }
            return bytes;
        });
        return entries;
    }

    private static Instant wild(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> Instant.MIN;
            case 1 -> Instant.MAX;
            case 2 -> Instant.EPOCH;
            case 3 -> BEGIN.plus(Duration.ofDays(random.nextInt(-5000, 5000)));
            default -> BEGIN.plusSeconds(random.nextInt(-90_000, 90_000));
        };
    }

    private static Order order(SplittableRandom random, Instant now) {
        var kind = Order.Kind.values()[random.nextInt(3)];
        var from = now.minus(Duration.ofHours(random.nextInt(1, 300)));
        return new Order("j" + random.nextInt(40), "default", kind, List.of(), from, now, "ops", now);
    }

    private static Attention attention(SplittableRandom random, Instant now) {
        var oldest = random.nextInt(3) == 0 ? Times.sane(now).minusSeconds(random.nextInt(20_000)) : null;
        var extensions = new TreeSet<String>();
        var askFor = random.nextInt(4) == 0 ? List.of("call-" + random.nextInt(50)) : List.<String>of();
        for (int i = random.nextInt(5); i > 0; i--) {
            extensions.add("10" + i);
        }
        return new Attention(random.nextBoolean(), oldest, askFor, extensions);
    }

    private static Outcome outcome(SplittableRandom random, Instant now) {
        @Nullable Long total = random.nextInt(3) == 0 ? null : random.nextLong(3000);
        return switch (random.nextInt(12)) {
            case 0 -> new Outcome.Woken();
            case 1, 2 -> new Outcome.LoggedIn(Times.sane(now).plusSeconds(random.nextInt(-100, 90_000)));
            case 3, 4, 5 -> {
                var kinds = Failure.Kind.values();
                var retryAt = random.nextInt(5) == 0 ? Times.sane(now).plusSeconds(random.nextInt(9000)) : null;
                // Halts are tested elsewhere: here they would only keep it from asking.
                var kind = kinds[random.nextInt(random.nextInt(10) == 0 ? 0 : 4, kinds.length)];
                yield new Outcome.Failed(new Failure(kind, "status", retryAt));
            }
            default -> new Outcome.Fetched(random.nextInt(1001), total, random.nextInt(10));
        };
    }
}
