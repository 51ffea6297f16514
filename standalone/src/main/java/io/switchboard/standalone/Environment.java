package io.switchboard.standalone;

import io.switchboard.runtime.InvalidSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment as the services of one run see it: what the user set, with every port settled and, on one machine,
 * the addresses and secrets that this run provides. Services read nothing else.
 */
final class Environment {

    private final Map<String, String> values;

    private Environment(Map<String, String> values) {
        this.values = values;
    }

    /** Adds the offset to every port, set or default; port 0 stays "any free one". */
    static Environment of(Map<String, String> given, int portOffset) {
        var values = new HashMap<>(given);
        var problems = new ArrayList<String>();
        for (var port : Port.values()) {
            var text = given.getOrDefault(port.variable(), String.valueOf(port.standard()));
            settle(port, text, portOffset, values, problems);
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
        return new Environment(values);
    }

    private static void settle(Port port, String text, int offset, Map<String, String> values, List<String> problems) {
        var number = text.strip().matches("\\d{1,5}") ? Integer.parseInt(text.strip()) : -1;
        var settled = number == 0 ? 0 : number + offset;
        if (number < 0 || settled > Port.HIGHEST) {
            problems.add(port.variable() + " takes a port from 0 to " + (Port.HIGHEST - offset)
                    + (offset == 0 ? "" : " with --port-offset " + offset) + ", not \"" + text + "\"");
        }
        values.put(port.variable(), String.valueOf(settled));
    }

    void set(String variable, String value) {
        values.put(variable, value);
    }

    /** For what the user may set himself, directly or as a file. */
    void setIfAbsent(String variable, String value) {
        if (!values.containsKey(variable + "_FILE")) {
            values.putIfAbsent(variable, value);
        }
    }

    void remove(String variable) {
        values.remove(variable);
    }

    /** Sets a variable, or its file, as another one is set. */
    void copy(String from, String to) {
        for (var suffix : List.of("", "_FILE")) {
            var value = values.get(from + suffix);
            if (value == null) {
                values.remove(to + suffix);
            } else {
                values.put(to + suffix, value);
            }
        }
    }

    Map<String, String> asMap() {
        return Map.copyOf(values);
    }
}
