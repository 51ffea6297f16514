package io.switchboard.projector.api.table;

import io.switchboard.call.Call.Outcome;
import io.switchboard.projector.api.query.CallFilter;
import java.math.BigDecimal;

/**
 * Which index leads through a list of calls: one from which the calls of the filter come newest first, with few others
 * among them. The order here is the order of choice.
 */
enum CallLead {
    /** A client's calls are few: they are all read and sorted. */
    CLIENT,
    /** Long calls are few. */
    LONG,
    EXTENSION,
    NUMBER,
    /** Among those that the choice of direction, state, outcome, recording and source leaves. */
    KIND,
    START;

    /** From here on an index holds the long ones only; from there on the very long ones. */
    static final BigDecimal LONG_SECONDS = BigDecimal.valueOf(600);

    static final BigDecimal VERY_LONG_SECONDS = BigDecimal.valueOf(3_600);

    static CallLead of(CallFilter filter) {
        if (!filter.clients().isEmpty()) {
            return CLIENT;
        }
        if (filter.minTalkSeconds() != null
                && filter.minTalkSeconds().compareTo(LONG_SECONDS) >= 0
                && (filter.outcomes().isEmpty() || filter.outcomes().contains(Outcome.ANSWERED))) {
            return LONG;
        }
        if (!filter.extensions().isEmpty()) {
            return CallKinds.areRare(filter) ? KIND : EXTENSION;
        }
        if (!filter.numbers().isEmpty()) {
            return NUMBER;
        }
        return CallKinds.choose(filter) ? KIND : START;
    }
}
