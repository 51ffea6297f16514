package io.switchboard.ops;

import io.switchboard.house.Repository;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names under which Prometheus sees the meters that the sources declare. Read from the sources, so that no service has
 * to be started; the form of a name follows Micrometer's convention for the kind of the meter.
 */
final class DeclaredMetrics {
    /** {@code Counter.builder("switchboard.…")} and the like, and a helper {@code gauge("switchboard.…")}. */
    private static final Pattern METER =
            Pattern.compile("(Counter|FunctionCounter|Timer|Gauge|TimeGauge|DistributionSummary|gauge|counter|timer)"
                    + "(?:\\s*\\.builder)?\\s*\\(\\s*\"(switchboard\\.[a-z.]+)\"");

    private static final Pattern BASE_UNIT = Pattern.compile("\\.baseUnit\\(\"([a-z]+)\"\\)");
    private static final Pattern INFO = Pattern.compile("\\.name\\(\"(switchboard_[a-z_]+_info)\"\\)");
    private static final Set<String> NAMES = read();

    private DeclaredMetrics() {}

    static Set<String> names() {
        return NAMES;
    }

    private static Set<String> read() {
        var names = new TreeSet<String>();
        for (var file : Repository.files(".java")) {
            if (Repository.name(file).contains("src/main/java/")) {
                var text = Repository.text(file);
                METER.matcher(text)
                        .results()
                        .forEach(
                                found -> names.add(name(found.group(1), found.group(2), statement(text, found.end()))));
                INFO.matcher(text).results().forEach(found -> names.add(found.group(1)));
            }
        }
        return Set.copyOf(names);
    }

    private static String statement(String text, int from) {
        var end = text.indexOf(";\n", from); // descriptions have semicolons too
        return text.substring(from, end < 0 ? text.length() : end);
    }

    private static String name(String kind, String dotted, String statement) {
        var unit = BASE_UNIT
                .matcher(statement)
                .results()
                .findFirst()
                .map(found -> "_" + found.group(1))
                .orElse("");
        var name = dotted.replace('.', '_') + unit;
        return switch (kind) {
            case "Counter", "FunctionCounter", "counter" -> name + "_total";
            case "Timer", "timer", "TimeGauge" -> name + "_seconds";
            default -> name;
        };
    }
}
