package io.switchboard.projector.api.query;

import io.switchboard.projector.api.view.Agent;
import io.switchboard.projector.api.view.AgentState.State;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which extensions a list of them is about; empty sets ask for all. */
public record AgentFilter(Set<State> states, Set<String> extensions) {
    private static final int LONGEST_EXTENSION = 64;

    public static AgentFilter of(QueryParameters parameters) {
        var states = EnumSet.noneOf(State.class);
        states.addAll(parameters.all("state", "one of " + String.join(", ", State.words()), State::ofWord));
        var extensions = new TreeSet<>(parameters.all(
                "extension",
                "an extension of at most " + LONGEST_EXTENSION + " characters",
                text -> Optional.of(text).filter(one -> one.length() <= LONGEST_EXTENSION)));
        return new AgentFilter(states, extensions);
    }

    public boolean fits(Agent agent) {
        return (states.isEmpty() || states.contains(agent.state().state()))
                && (extensions.isEmpty() || extensions.contains(agent.extension()));
    }
}
