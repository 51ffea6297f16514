package io.switchboard.call;

import io.switchboard.event.EventId;

/**
 * That the events of a call and a record of it say different things of one field. What each of them said may be a person's
 * number: neither text goes into a log, a metric or an answer.
 *
 * @param field what they disagree about
 * @param told what the webhook events say
 * @param recorded what the record says
 * @param record the event that brought the record
 */
public record Disagreement(Field field, String told, String recorded, EventId record) {

    /** The fields of a call that both doors can speak of; {@code docs/merge.md} says when they disagree. */
    public enum Field {
        DIRECTION,
        OUTCOME,
        CLIENT,
        BUSINESS_NUMBER,
        AGENT,
        STARTED_AT,
        ENDED_AT,
        DURATION_SECONDS,
        LEGS;

        /** The field's name in answers and labels. */
        public String word() {
            return Call.word(this);
        }
    }
}
