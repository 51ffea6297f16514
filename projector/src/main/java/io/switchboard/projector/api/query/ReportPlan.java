package io.switchboard.projector.api.query;

import io.switchboard.projector.report.Bucket;
import io.switchboard.projector.report.DurationSketch;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * From what a report is computed: sums by the hour where they say the same as the calls themselves, else the calls.
 *
 * <p>A bucket is cut at the whole UTC hours inside it: those come from the sums; what is left of an hour at either end
 * (days where midnight is not at a full hour, a range given to the second) comes from the calls of that time.
 */
public sealed interface ReportPlan {

    /** As answers name it. */
    String word();

    /** A bucket's time or a part of it. */
    record Stretch(int bucket, Instant start, Instant end) {
        Duration length() {
            return Duration.between(start, end);
        }
    }

    /**
     * Sums by the hour.
     *
     * @param whole stretches of whole hours
     * @param partial stretches shorter than an hour, to be added up from calls
     */
    record Hours(List<Stretch> whole, List<Stretch> partial) implements ReportPlan {
        public Hours {
            whole = List.copyOf(whole);
            partial = List.copyOf(partial);
        }

        @Override
        public String word() {
            return "hours";
        }
    }

    /** The calls themselves. */
    record Calls(Reason reason) implements ReportPlan {
        @Override
        public String word() {
            return "rows";
        }
    }

    /** Why sums by the hour cannot answer. */
    enum Reason {
        /** The question wants it so. */
        EXACT_ASKED,
        /** It asks for calls that the sums do not tell apart. */
        FILTER,
        /** It counts up to a duration at which the sketches do not end a cell. */
        THRESHOLD,
        /** Too much of its time lies in hours that are cut. */
        CUT_HOURS
    }

    /** The share of the time that may come from calls: more of it is read faster all at once. */
    int LEAST_WHOLE_PER_PARTIAL = 7;

    static ReportPlan of(ReportQuestion question) {
        if (question.exact()) {
            return new Calls(Reason.EXACT_ASKED);
        }
        if (!isKnownByHour(question.calls())) {
            return new Calls(Reason.FILTER);
        }
        var terms = question.terms();
        if (!DurationSketch.isExactAt(terms.thresholdMicros())
                || !DurationSketch.isExactAt(terms.shortAbandonMicros())) {
            return new Calls(Reason.THRESHOLD);
        }
        var hours = cut(question.buckets());
        return length(hours.partial()).multipliedBy(LEAST_WHOLE_PER_PARTIAL).compareTo(length(hours.whole())) > 0
                ? new Calls(Reason.CUT_HOURS)
                : hours;
    }

    private static boolean isKnownByHour(CallFilter filter) {
        return filter.states().isEmpty()
                && filter.outcomes().isEmpty()
                && filter.extensions().isEmpty()
                && filter.clients().isEmpty()
                && filter.minTalkSeconds() == null
                && filter.hasRecording() == null
                && filter.sources().isEmpty();
    }

    private static Hours cut(List<Bucket> buckets) {
        var whole = new ArrayList<Stretch>();
        var partial = new ArrayList<Stretch>();
        for (var i = 0; i < buckets.size(); i++) {
            var start = buckets.get(i).start();
            var end = buckets.get(i).end();
            var first = start.plus(Duration.ofHours(1)).minusNanos(1).truncatedTo(ChronoUnit.HOURS);
            var last = end.truncatedTo(ChronoUnit.HOURS);
            if (!first.isBefore(last)) {
                addTo(partial, i, start, end);
                continue;
            }
            addTo(partial, i, start, first);
            addTo(whole, i, first, last);
            addTo(partial, i, last, end);
        }
        return new Hours(whole, partial);
    }

    private static void addTo(List<Stretch> stretches, int bucket, Instant start, Instant end) {
        if (start.isBefore(end)) {
            stretches.add(new Stretch(bucket, start, end));
        }
    }

    private static Duration length(List<Stretch> stretches) {
        return stretches.stream().map(Stretch::length).reduce(Duration.ZERO, Duration::plus);
    }
}
