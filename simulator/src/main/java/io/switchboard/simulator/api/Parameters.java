package io.switchboard.simulator.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The query of a request. Names count whatever their case; a value that does not fit is noted and replaced by the default,
 * so that one answer names every fault.
 */
public final class Parameters {
    private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> faults = new LinkedHashMap<>();

    public Parameters(Map<String, List<String>> values) {
        this.values.putAll(values);
    }

    /** The names as the client wrote them. */
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    /** What was wrong so far, by parameter. */
    public Map<String, String> faults() {
        return faults;
    }

    /** The first value; blank counts as none. */
    public Optional<String> text(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** All values, those in comma lists too. */
    public List<String> list(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    public int whole(String name, int fallback, int least) {
        var text = text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            var value = Integer.parseInt(text.get());
            if (value >= least) {
                return value;
            }
            faults.put(name, "The field " + pascal(name) + " must be between " + least + " and 2147483647.");
        } catch (NumberFormatException e) {
            fault(name, text.get());
        }
        return fallback;
    }

    /** A date, or a time with or without an offset; without one it is UTC. */
    public Instant time(String name, Instant fallback) {
        var text = text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            return time(text.get());
        } catch (DateTimeException e) {
            fault(name, text.get());
            return fallback;
        }
    }

    /** Words of a closed list, whatever their case. */
    public List<String> words(String name, List<String> known) {
        var words = list(name);
        for (var word : words) {
            if (known.stream().noneMatch(word::equalsIgnoreCase)) {
                fault(name, word);
            }
        }
        return words;
    }

    public boolean flag(String name) {
        return text(name).map("true"::equalsIgnoreCase).orElse(false);
    }

    private void fault(String name, String found) {
        faults.put(name, "The value '" + found + "' is not valid for " + pascal(name) + ".");
    }

    private static Instant time(String text) {
        if (text.indexOf('T') < 0 && text.indexOf(' ') < 0) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        // an unescaped plus of an offset arrives as a space
        var clean = text.replace(' ', text.indexOf('T') < 0 ? 'T' : '+').toUpperCase(Locale.ROOT);
        var zone = clean.substring(clean.indexOf('T'));
        return zone.endsWith("Z") || zone.contains("+") || zone.contains("-")
                ? OffsetDateTime.parse(clean).toInstant()
                : LocalDateTime.parse(clean).toInstant(ZoneOffset.UTC);
    }

    private static String pascal(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
