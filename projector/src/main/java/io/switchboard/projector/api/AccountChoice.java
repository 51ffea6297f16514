package io.switchboard.projector.api;

import io.switchboard.http.Problem;
import io.switchboard.projector.api.view.PollerStates;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which account an order is for: the one it names, else the only one its giver can mean. */
sealed interface AccountChoice {
    record Chosen(String account) implements AccountChoice {}

    record Refused(Answer.Refusal refusal) implements AccountChoice {}

    /**
     * @param bound the only account the caller sees; null for all
     * @param known see {@link #known}
     */
    static AccountChoice of(Optional<String> wanted, @Nullable String bound, List<String> known) {
        if (bound != null) {
            return wanted.isEmpty() || wanted.get().equals(bound)
                    ? new Chosen(bound)
                    : new Refused(Refusals.noSuch("account"));
        }
        if (wanted.isEmpty() && known.size() == 1) {
            return new Chosen(known.getFirst());
        }
        return wanted.isPresent() && known.contains(wanted.get())
                ? new Chosen(wanted.get())
                : new Refused(unclear(wanted.isPresent(), known));
    }

    /** The accounts there are: those configured, else those whose pollers have reported, else the only one there can be. */
    static List<String> known(List<String> configured, PollerStates states, String usual) {
        if (!configured.isEmpty()) {
            return configured;
        }
        var reported = new TreeSet<>(states.ids());
        return reported.isEmpty() ? List.of(usual) : List.copyOf(reported);
    }

    private static Answer.Refusal unclear(boolean named, List<String> known) {
        var takes = "takes one of " + String.join(", ", known);
        return new Answer.Refusal(new Problem(
                400,
                "invalid-body",
                "Invalid body",
                named ? "account: " + takes : "There are several accounts: account " + takes,
                List.of(new Problem.Fault("account", takes))));
    }
}
