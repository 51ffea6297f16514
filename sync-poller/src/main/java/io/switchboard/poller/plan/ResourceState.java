package io.switchboard.poller.plan;

import io.switchboard.event.Resource;
import io.switchboard.poller.plan.Run.Depth;
import io.switchboard.sync.ResourceReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where one resource stands.
 *
 * @param report what others see
 * @param run what is being read; null between two passes
 * @param passes the last complete pass of each depth
 * @param failures in a row
 * @param restUntil before that it is left alone
 * @param asked of single records asked for by id: how often, and when last
 */
record ResourceState(
        ResourceReport report,
        @Nullable Run run,
        Map<Depth, Pass> passes,
        int failures,
        @Nullable Instant restUntil,
        SortedMap<String, Asked> asked) {

    /** A complete pass: when it began, what it cost and brought. */
    record Pass(Instant at, int pages, long rows) {
        Pass {
            at = Times.sane(at);
            pages = Math.clamp(pages, 0, Run.MOST_PAGES);
            rows = Math.max(0, rows);
        }
    }

    /** How often one record was asked for, and when last. */
    record Asked(int attempts, Instant at) {
        Asked {
            attempts = Math.clamp(attempts, 0, 1000);
            at = Times.sane(at);
        }
    }

    static final int MOST_ASKED = 500;

    ResourceState {
        var copy = new EnumMap<Depth, Pass>(Depth.class);
        copy.putAll(passes);
        passes = Collections.unmodifiableMap(copy);
        failures = Math.clamp(failures, 0, 1000);
        restUntil = Times.saneOrNull(restUntil);
        asked = Collections.unmodifiableSortedMap(asked);
    }

    static ResourceState fresh(String account, Resource resource) {
        var report = new ResourceReport(account, resource.word(), null, null, null, null, null, 0, 0);
        return new ResourceState(report, null, new EnumMap<>(Depth.class), 0, null, new TreeMap<>());
    }

    @Nullable
    Pass pass(Depth depth) {
        return passes.get(depth);
    }

    /** As if it had not been read to that depth. */
    ResourceState without(Depth depth) {
        var fewer = new EnumMap<Depth, Pass>(Depth.class);
        fewer.putAll(passes);
        fewer.remove(depth);
        return new ResourceState(report, run, fewer, failures, restUntil, asked);
    }

    ResourceState withRun(@Nullable Run other) {
        return new ResourceState(report, other, passes, failures, restUntil, asked);
    }

    ResourceState attempted(Instant now) {
        return withReport(report.completeThrough(), report.lastSuccessAt(), now, report.lastError());
    }

    ResourceState succeeded(Instant now, Outcome.Fetched page) {
        var more = new ResourceReport(
                report.account(),
                report.resource(),
                report.completeThrough(),
                now,
                now,
                null,
                report.nextAt(),
                report.read() + Math.max(0, page.rows()),
                report.published() + Math.max(0, page.published()));
        return new ResourceState(more, run, passes, 0, null, asked);
    }

    ResourceState failed(Instant now, String error, @Nullable Instant rest) {
        var next = withReport(report.completeThrough(), report.lastSuccessAt(), now, error);
        return new ResourceState(next.report, run, passes, failures + 1, rest, asked);
    }

    ResourceState noting(String error) {
        return withReport(report.completeThrough(), report.lastSuccessAt(), report.lastAttemptAt(), error);
    }

    /** A pass is complete; the deeper one stands for the shallower ones too. */
    ResourceState completed(Run ended) {
        var more = new EnumMap<Depth, Pass>(Depth.class);
        more.putAll(passes);
        for (var depth : Depth.values()) {
            if (depth.compareTo(ended.depth()) < 0) {
                var before = passes.get(depth);
                more.put(depth, new Pass(ended.startedAt(), before == null ? 1 : before.pages(), 0));
            }
        }
        more.put(ended.depth(), new Pass(ended.startedAt(), ended.pages(), ended.rows()));
        var through = ended.to() == null ? ended.startedAt() : ended.to();
        var next = withReport(through, report.lastSuccessAt(), report.lastAttemptAt(), report.lastError());
        return new ResourceState(next.report, null, more, failures, restUntil, asked);
    }

    ResourceState dueAt(Instant next) {
        var later = new ResourceReport(
                report.account(),
                report.resource(),
                report.completeThrough(),
                report.lastSuccessAt(),
                report.lastAttemptAt(),
                report.lastError(),
                next,
                report.read(),
                report.published());
        return new ResourceState(later, run, passes, failures, restUntil, asked);
    }

    /** Remembers that a record was asked for; of too many the oldest are forgotten. */
    ResourceState asking(String id, Instant now) {
        var more = new TreeMap<>(asked);
        more.merge(id, new Asked(1, now), (a, b) -> new Asked(a.attempts() + 1, now));
        while (more.size() > MOST_ASKED) {
            more.entrySet().stream()
                    .min(Map.Entry.comparingByValue(Comparator.comparing(Asked::at)))
                    .ifPresent(oldest -> more.keySet().remove(oldest.getKey()));
        }
        return new ResourceState(report, run, passes, failures, restUntil, more);
    }

    /** Forgets what was asked for long ago. */
    ResourceState forgetting(Instant now, Duration age) {
        var kept = new TreeMap<>(asked);
        return kept.values().removeIf(one -> !Times.within(age, one.at(), now))
                ? new ResourceState(report, run, passes, failures, restUntil, kept)
                : this;
    }

    boolean restsAt(Instant now, Duration longest) {
        return restUntil != null && restUntil.isAfter(now) && Times.within(longest, restUntil, now);
    }

    /** Rows an hour, as the deepest pass showed; 0 when it is not known. */
    double rowsPerHour(Duration deep) {
        var pass = passes.get(Depth.DEEP);
        return pass == null ? 0 : pass.rows() / Math.max(1.0, deep.toMinutes() / 60.0);
    }

    private ResourceState withReport(
            @Nullable Instant through, @Nullable Instant success, @Nullable Instant attempt, @Nullable String error) {
        var other = new ResourceReport(
                report.account(),
                report.resource(),
                through,
                success,
                attempt,
                error,
                report.nextAt(),
                report.read(),
                report.published());
        return new ResourceState(other, run, passes, failures, restUntil, asked);
    }
}
