package io.switchboard.simulator;

import io.switchboard.http.Problem.Fault;
import io.switchboard.runtime.InvalidSettings;
import io.switchboard.runtime.SettingsReader;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns switches at run time: the members are the environment's names in lower case, without {@code SIMULATOR_}. */
final class SettingsChange {
    private static final String PREFIX = "SIMULATOR_";

    private SettingsChange() {}

    /** @throws InvalidSettings when a member is unknown or its value does not fit; then nothing has changed */
    static LiveSettings apply(Map<String, @Nullable Object> members, LiveSettings present) {
        var environment = new HashMap<String, String>();
        members.forEach((name, value) -> environment.put(variable(name), String.valueOf(value)));
        var reader = SettingsReader.of(environment);
        var changed = LiveSettings.read(reader, present);
        members.forEach((name, value) -> {
            if (!reader.names().contains(variable(name)) || !name.equals(name.toLowerCase(Locale.ROOT))) {
                reader.reject(variable(name), "is not a setting that can be changed while running");
            } else if (String.valueOf(value).isBlank()) {
                reader.reject(variable(name), "takes a value");
            }
        });
        reader.verify();
        return changed;
    }

    static List<Fault> faults(InvalidSettings invalid) {
        return invalid.problems().stream().map(SettingsChange::fault).toList();
    }

    private static Fault fault(String problem) {
        var colon = problem.indexOf(": ");
        return new Fault(member(problem.substring(0, colon)), problem.substring(colon + 2));
    }

    private static String variable(String member) {
        return PREFIX + member.toUpperCase(Locale.ROOT);
    }

    private static String member(String variable) {
        return variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
    }
}
