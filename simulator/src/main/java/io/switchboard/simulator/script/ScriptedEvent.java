package io.switchboard.simulator.script;

import io.switchboard.call.EventName;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event of a scripted call.
 *
 * @param at time since the call began
 * @param extension whom it is about; on the end of the whole call who talked last; null where nobody is meant
 * @param guid the event's own id
 */
public record ScriptedEvent(
        Duration at, EventName name, @Nullable String extension, Reach reach, UUID guid) {

    /** How much of a call an event is about. */
    public enum Reach {
        PART,
        /** The end of the whole call, whatever the name says about an extension. */
        WHOLE_CALL_END
    }
}
