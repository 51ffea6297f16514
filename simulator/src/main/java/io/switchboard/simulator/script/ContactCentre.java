package io.switchboard.simulator.script;

import static io.switchboard.call.EventName.*;

import io.switchboard.call.EventName;
import io.switchboard.simulator.script.ScriptedEvent.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells a call in the names of a contact-centre account.
 *
 * <p>Those know no "stop ringing": an attempt that fails ends its agent's leg ({@code …AgentCompleted}). Before the whole
 * call ends, so does every leg that is still open. An outgoing call names its dialling agent. Callback names have no known
 * contact-centre form and stay.
 */
public final class ContactCentre {
    private static final Duration DIALLING = Duration.ofMillis(300);
    private static final Duration BEFORE_THE_END = Duration.ofMillis(140);

    private final List<ScriptedEvent> standard;
    private final List<ScriptedEvent> told = new ArrayList<>();
    private final SequencedSet<String> incomingLegs = new LinkedHashSet<>();
    private @Nullable String dialler;

    private ContactCentre(List<ScriptedEvent> standard) {
        this.standard = standard;
    }

    /** The same call in contact-centre names. */
    public static ScriptedCall tell(ScriptedCall call) {
        var events = new ContactCentre(call.events()).tell();
        return new ScriptedCall(call.id(), call.kind(), call.from(), call.to(), events);
    }

    private List<ScriptedEvent> tell() {
        for (int i = 0; i < standard.size(); i++) {
            var event = standard.get(i);
            var agent = event.extension();
            if (event.reach() == Reach.WHOLE_CALL_END) {
                endLegs(event);
                told.add(event);
            } else if (agent == null) {
                told.add(event);
            } else {
                tellLeg(event, agent, i);
            }
        }
        return told;
    }

    private void tellLeg(ScriptedEvent event, String agent, int index) {
        switch (event.name()) {
            case INCOMING_CALL_RINGING -> {
                incomingLegs.add(agent);
                told.add(renamed(event, INCOMING_CALL_AGENT_RINGING));
            }
            case INCOMING_CALL_CONNECTED -> told.add(renamed(event, INCOMING_CALL_AGENT_CONNECTED));
            case INCOMING_CALL_STOP_RINGING, INCOMING_STOP_RINGING -> {
                if (!answersNext(agent, index)) {
                    endIncomingLeg(event, agent);
                }
            }
            case INCOMING_CALL_COMPLETED -> endIncomingLeg(event, agent);
            case OUTGOING_CALL -> {
                dialler = agent;
                told.add(event);
                told.add(extra(event.at().plus(DIALLING), OUTGOING_CALL_AGENT_DIALING, agent, event));
            }
            case OUTGOING_CALL_CONNECTED -> told.add(renamed(event, OUTGOING_CALL_AGENT_CONNECTED));
            default -> told.add(event);
        }
    }

    /** In a group the phone of the one who answers stops ringing too, but his leg goes on. */
    private boolean answersNext(String agent, int index) {
        return standard.subList(index + 1, standard.size()).stream()
                .filter(event -> agent.equals(event.extension()))
                .findFirst()
                .filter(event -> event.name() == INCOMING_CALL_CONNECTED)
                .isPresent();
    }

    private void endIncomingLeg(ScriptedEvent event, String agent) {
        incomingLegs.remove(agent);
        told.add(renamed(event, INCOMING_CALL_AGENT_COMPLETED));
    }

    private void endLegs(ScriptedEvent end) {
        var at = end.at().minus(BEFORE_THE_END);
        for (var agent : incomingLegs) {
            told.add(extra(at, INCOMING_CALL_AGENT_COMPLETED, agent, end));
        }
        if (dialler != null) {
            told.add(extra(at, OUTGOING_CALL_AGENT_COMPLETED, dialler, end));
        }
    }

    private static ScriptedEvent renamed(ScriptedEvent event, EventName name) {
        return new ScriptedEvent(event.at(), name, event.extension(), event.reach(), event.guid());
    }

    /** An event that the standard names do not have; its id is made from its neighbour's and its place. */
    private ScriptedEvent extra(Duration at, EventName name, String agent, ScriptedEvent neighbour) {
        var near = neighbour.guid();
        var guid = new UUID(near.getMostSignificantBits(), near.getLeastSignificantBits() ^ (told.size() + 1L));
        return new ScriptedEvent(at, name, agent, Reach.PART, guid);
    }
}
