package io.switchboard.ops;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Compose's {@code ${NAME}}, {@code ${NAME:-default}} and {@code ${NAME:?message}}, nested defaults included. */
final class Interpolation {
    /** The innermost ones: no brace inside. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(?::([-?])([^{}]*))?}");

    private Interpolation() {}

    /** The text with every variable replaced by its value, else by its default. */
    static String resolve(String text, Map<String, String> values) {
        var resolved = text;
        for (var matcher = VARIABLE.matcher(resolved); matcher.find(); matcher = VARIABLE.matcher(resolved)) {
            var fallback = "-".equals(matcher.group(2)) ? matcher.group(3) : "";
            var value = values.getOrDefault(matcher.group(1), fallback);
            resolved = resolved.substring(0, matcher.start()) + value + resolved.substring(matcher.end());
        }
        return resolved;
    }

    /** Variables without which Compose refuses to start. */
    static Set<String> required(String text) {
        var names = new TreeSet<String>();
        Pattern.compile("\\$\\{([A-Z_]+):\\?").matcher(text).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    static Set<String> all(String text) {
        var names = new TreeSet<String>();
        Pattern.compile("\\$\\{([A-Z_]+)").matcher(text).results().forEach(found -> names.add(found.group(1)));
        return names;
    }
}
