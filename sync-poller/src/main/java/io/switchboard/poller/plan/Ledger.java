package io.switchboard.poller.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the last day, in buckets of ten minutes, and how many more may be made.
 *
 * <p>The provider counts in a fixed window whose beginning nobody knows. This ledger counts in a sliding one, and whoever
 * keeps to the limit in every sliding window keeps to it in every fixed one. The window is an hour longer than the
 * provider's, and its clock never runs backwards while the real one is less than two hours behind it: so a clock that errs
 * within a band of one hour cannot make a request look old enough to be forgotten too early. A clock set back further takes
 * the future buckets along to the present, where they expire a day later at the latest.
 *
 * @param limit most requests in 24 hours
 * @param clock the latest time seen, to the minute; what is spent is dated by it
 * @param buckets what was spent, by the number of the bucket since the epoch
 * @param spent the sum of the buckets
 * @param learned a lower limit that the provider made known by refusing; null when there is none
 * @param turn when the provider's day was seen to begin; null when it never was
 */
record Ledger(
        int limit,
        Instant clock,
        SortedMap<Long, Spending> buckets,
        Spending spent,
        @Nullable Learned learned,
        @Nullable Instant turn) {

    static final Duration WINDOW = Duration.ofHours(25);
    static final Duration BUCKET = Duration.ofMinutes(10);

    private static final Duration CLOCK_MAY_LAG = Duration.ofHours(2);
    private static final Duration FORECAST_FROM = Duration.ofHours(6);

    /** What a refusal before the limit taught, and when. */
    record Learned(int ceiling, Instant at) {
        Learned {
            ceiling = Math.max(1, ceiling);
            at = Times.sane(at);
        }
    }

    Ledger {
        limit = Math.clamp(limit, 0, 10_000_000);
        clock = Times.sane(clock);
        buckets = Collections.unmodifiableSortedMap(buckets);
        turn = Times.saneOrNull(turn);
    }

    static Ledger empty(int limit, Instant now) {
        return new Ledger(limit, minute(now), new TreeMap<>(), Spending.NONE, null, null);
    }

    /** A ledger that cannot be read: nothing more may be spent until a day has passed. */
    static Ledger unreadable(Instant now) {
        var all = new Spending(Spending.MOST, Spending.MOST, Spending.MOST, Spending.MOST);
        var buckets = new TreeMap<Long, Spending>();
        buckets.put(bucketOf(now), all);
        return new Ledger(0, minute(now), buckets, all, null, null);
    }

    static Ledger of(int limit, Instant clock, SortedMap<Long, Spending> buckets) {
        return new Ledger(limit, clock, buckets, sum(buckets), null, null);
    }

    Ledger knowing(@Nullable Learned lesson, @Nullable Instant turned) {
        return new Ledger(limit, clock, buckets, spent, lesson, turned);
    }

    Ledger withLimit(int other) {
        if (limit == other) {
            return this;
        }
        if (spent.live() == Spending.MOST) {
            var all = new TreeMap<Long, Spending>();
            all.put(bucketOf(clock), Spending.shareOut(other));
            return of(other, clock, all);
        }
        return new Ledger(other, clock, buckets, spent, learned, turn);
    }

    /** The same at that time: what is old enough is forgotten. */
    Ledger at(Instant now) {
        var lags = Duration.between(now, clock).compareTo(CLOCK_MAY_LAG) > 0;
        var time = lags ? minute(now) : Times.max(clock, minute(now));
        var current = lags ? redated(time) : this;
        if (time.equals(current.clock) && current.isFresh(time)) {
            return current;
        }
        var kept =
                current.isFresh(time) ? current.buckets : new TreeMap<>(current.buckets.tailMap(oldestCounted(time)));
        var total = kept.size() == current.buckets.size() ? current.spent : sum(kept);
        return new Ledger(limit, time, kept, total, learned, turn);
    }

    private boolean isFresh(Instant time) {
        return buckets.isEmpty() || buckets.firstKey() >= oldestCounted(time);
    }

    private Ledger redated(Instant time) {
        var present = bucketOf(time);
        var moved = new TreeMap<>(buckets.headMap(present));
        var future = sum(buckets.tailMap(present));
        if (future.total() > 0) {
            moved.put(present, future);
        }
        return new Ledger(limit, time, moved, spent, learned, turn);
    }

    Ledger spend(Purpose purpose) {
        var more = new TreeMap<>(buckets);
        more.merge(bucketOf(clock), Spending.NONE.plusOne(purpose), Spending::plus);
        return new Ledger(limit, clock, more, spent.plusOne(purpose), learned, turn);
    }

    /** The limit that holds at present: what was learned from a refusal grows back by 4 % of the limit a day. */
    int ceiling() {
        if (learned == null) {
            return limit;
        }
        var days = Math.max(0, Duration.between(learned.at(), clock).toMinutes()) / (double) Times.DAY.toMinutes();
        return (int) Math.min(limit, learned.ceiling() + days * limit * 0.04);
    }

    Spending quotas() {
        return Spending.shareOut(ceiling());
    }

    /** How many requests may be made now, for whatever purpose. */
    int left() {
        return Math.clamp(ceiling() - counted().total(), 0, leftToLimit());
    }

    /** How many the limit itself would bear, whatever a refusal taught. */
    int leftToLimit() {
        return Math.max(0, limit - spent.total());
    }

    /** What is held against the quotas. A share of the provider's day, learned from a refusal, begins with that day. */
    private Spending counted() {
        if (learned == null || turn == null) {
            return spent;
        }
        var sinceTurn = Math.floorMod(Duration.between(turn, clock).toSeconds(), Times.DAY.toSeconds());
        return sum(buckets.tailMap(bucketOf(clock.minusSeconds(sinceTurn))));
    }

    /**
     * How many may be made now for that purpose. People may use what a backfill left of its part; a backfill never uses
     * theirs.
     */
    int left(Purpose purpose) {
        return Math.min(left(purpose, counted()), leftToLimit());
    }

    private int left(Purpose purpose, Spending used) {
        var quotas = quotas();
        var ofPeopleAndPast = quotas.commands() + quotas.backfill() - used.commands() - used.backfill();
        var own = switch (purpose) {
            case LIVE -> quotas.live() - used.live();
            case RESOURCES -> quotas.resources() - used.resources();
            case COMMANDS -> ofPeopleAndPast;
            case BACKFILL -> Math.min(quotas.backfill() - used.backfill(), ofPeopleAndPast);
        };
        return Math.clamp(own, 0, Math.max(0, quotas.total() - used.total()));
    }

    /** When something is free again for a purpose that has nothing left. */
    Instant freesAt(Purpose purpose) {
        var used = spent;
        for (var bucket : buckets.entrySet()) {
            used = used.minus(bucket.getValue());
            if (left(purpose, used) > 0) {
                var then = startOf(bucket.getKey() + 1).plus(WINDOW).plus(Duration.ofMinutes(1));
                return Times.max(then, clock.plus(Duration.ofMinutes(1)));
            }
        }
        return clock.plus(WINDOW);
    }

    /** Takes a refusal as a sign that someone else spends from the same key. Never believes less than a fifth. */
    Ledger refusedAtLimit() {
        var used = counted().total();
        if (used >= limit * 0.98) {
            return this;
        }
        var lesson = Math.max(Math.max(1, limit / 5), (int) (used * 0.95));
        return lesson < ceiling() ? knowing(new Learned(lesson, clock), turn) : this;
    }

    /** What a day would cost at the pace of the last six hours. */
    int forecast() {
        var recent = sum(buckets.tailMap(bucketOf(clock.minus(FORECAST_FROM)))).total();
        var since = buckets.isEmpty()
                ? FORECAST_FROM
                : Times.min(FORECAST_FROM, Duration.between(startOf(buckets.firstKey()), clock));
        var minutes = Math.max(BUCKET.toMinutes(), since.toMinutes());
        return (int) Math.min(ceiling(), recent * Times.DAY.toMinutes() / minutes);
    }

    private static long oldestCounted(Instant time) {
        return bucketOf(time.minus(WINDOW));
    }

    private static long bucketOf(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), BUCKET.toSeconds());
    }

    private static Instant startOf(long bucket) {
        return Times.sane(
                Instant.EPOCH.plusSeconds(Math.clamp(bucket, -100_000_000L, 1_000_000_000L) * BUCKET.toSeconds()));
    }

    private static Instant minute(Instant time) {
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), 60) * 60);
    }

    private static Spending sum(SortedMap<Long, Spending> buckets) {
        return buckets.values().stream().reduce(Spending.NONE, Spending::plus);
    }
}
