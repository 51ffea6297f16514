package io.switchboard.projector.report;

/**
 * How what clients left was responded to.
 *
 * @param received what they left: voicemails, or runs of messages
 * @param withoutNumber of those, such of clients whose number is not known: nobody can respond
 * @param time from there to the response, of those responded to until now
 */
public record Responses(long received, long withoutNumber, Spread time) {

    public long open() {
        return received - withoutNumber - time.count();
    }
}
