package io.switchboard.projector.api.query;

import io.switchboard.projector.report.Bucket;
import io.switchboard.projector.report.ServiceLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report wants to know of calls.
 *
 * @param account the only account that may be seen; null for all
 * @param calls which calls; its own times are not used, the buckets say when
 * @param buckets disjoint, the earliest first
 * @param exact from the calls themselves, never from sums by the hour
 */
public record ReportQuestion(
        @Nullable String account,
        CallFilter calls,
        List<Bucket> buckets,
        Grouping grouping,
        ServiceLevel.Terms terms,
        boolean exact) {

    public ReportQuestion {
        buckets = List.copyOf(buckets);
    }

    /** The same of other calls, grouped in another way. */
    public ReportQuestion of(CallFilter others, Grouping otherwise) {
        return new ReportQuestion(account, others, buckets, otherwise, terms, exact);
    }

    /** The same of another time. */
    public ReportQuestion in(List<Bucket> others) {
        return new ReportQuestion(account, calls, others, grouping, terms, exact);
    }

    /** What a bucket's calls are divided by. */
    public enum Grouping {
        NONE,
        DIRECTION,
        /** The business number; calls that name none form a group without a name. */
        NUMBER
    }
}
