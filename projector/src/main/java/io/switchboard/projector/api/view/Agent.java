package io.switchboard.projector.api.view;

import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.api.view.AgentState.Evidence;
import io.switchboard.projector.api.view.AgentState.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An extension and what it does.
 *
 * @param name null where nothing tells it
 */
public record Agent(
        String account, String extension, @Nullable String name, AgentState state, Instant now) {

    public static Agent of(String account, String extension, @Nullable String name, Evidence evidence, Instant now) {
        return new Agent(account, extension, name, AgentState.of(evidence, now), now);
    }

    public Map<String, @Nullable Object> json(Masking masking) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("account", account);
        json.put("extension", extension);
        json.put("name", masking.text(name));
        json.put("state", state.state().word());
        json.put("since", Values.time(state.since()));
        json.put("call_id", isInCall() && state.proof() != null ? state.proof().callId() : null);
        json.put("evidence", state.proof() == null ? null : evidence(state.proof()));
        return json;
    }

    /** How many do what; every word is there. */
    public static Map<String, Integer> byState(List<Agent> agents) {
        var counts = new LinkedHashMap<String, Integer>();
        AgentState.State.words().forEach(word -> counts.put(word, 0));
        agents.forEach(agent -> counts.merge(agent.state().state().word(), 1, Integer::sum));
        return counts;
    }

    private boolean isInCall() {
        return state.state() == AgentState.State.ON_CALL || state.state() == AgentState.State.RINGING;
    }

    private Map<String, @Nullable Object> evidence(Proof proof) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("source", proof.source().word());
        json.put("kind", proof.kind());
        json.put("call_id", proof.callId());
        json.put("event_id", proof.eventId());
        json.put("status", proof.status());
        json.put("at", Values.time(proof.at()));
        var age = Duration.between(proof.at(), now);
        json.put("age_seconds", Values.seconds(age.isNegative() ? Duration.ZERO : age));
        json.put("expires_at", Values.time(proof.expiresAt()));
        return json;
    }
}
