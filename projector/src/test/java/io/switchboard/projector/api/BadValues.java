package io.switchboard.projector.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** Texts that a schema of one value does not take. */
final class BadValues {
    private static final List<String> NO_NUMBERS = List.of(
            "abc", "NaN", "Infinity", "0x10", "1e", "--1", "1,5", "\u0661", "99999999999999999999999", "1 or 1=1");
    private static final List<String> NO_TIMES = List.of(
            "yesterday",
            "2026-02-30T00:00:00Z",
            "2026-03-09",
            "1741500000",
            "2026-03-09T25:00:00Z",
            "2026-03-09T00:00:00");
    private static final List<String> NO_DATES =
            List.of("yesterday", "2026-02-30", "2026-13-01", "20260309", "2026-03-09T00:00:00Z", "9".repeat(20));
    private static final List<String> NO_ZONES =
            List.of("Mars/Olympus", "america/new_york", "+25:00", "../etc/passwd", "EST5EDT4", "GMT+99");

    /** Never text that means something. */
    private static final int RANDOM_TEXTS = 3;

    private BadValues() {}

    /** Values that the schema excludes; none when it takes any text. */
    static Set<String> of(String name, JsonNode schema, SplittableRandom random) {
        var bad = new LinkedHashSet<String>();
        var types = OpenApiTree.types(schema);
        if (types.contains("integer") || types.contains("number")) {
            bad.addAll(NO_NUMBERS);
            bad.addAll(outOfRange(schema));
            if (!types.contains("number")) {
                bad.addAll(List.of("1.5", "1.0", "1e1"));
            }
        } else if (types.contains("boolean")) {
            bad.addAll(List.of("yes", "TRUE", "1", "0", "nul", "null"));
        } else if (schema.has("enum")) {
            bad.addAll(wrongWords(schema.path("enum"), random));
        } else if (schema.path("format").asText().equals("date-time")) {
            bad.addAll(NO_TIMES);
        } else if (schema.path("format").asText().equals("date")) {
            bad.addAll(NO_DATES);
        } else if (name.equals("tz") || name.equals("timezone")) {
            bad.addAll(NO_ZONES);
        } else {
            bad.addAll(outOfForm(schema));
        }
        return bad;
    }

    private static List<String> outOfRange(JsonNode schema) {
        var bad = new ArrayList<String>();
        if (schema.has("minimum")) {
            bad.add(schema.path("minimum")
                    .decimalValue()
                    .subtract(BigDecimal.ONE)
                    .toPlainString());
        }
        if (schema.has("maximum")) {
            bad.add(schema.path("maximum").decimalValue().add(BigDecimal.ONE).toPlainString());
        }
        return bad;
    }

    private static List<String> wrongWords(JsonNode words, SplittableRandom random) {
        var known = new LinkedHashSet<String>();
        words.forEach(word -> known.add(word.asText()));
        var bad = new LinkedHashSet<String>();
        for (var word : known) {
            bad.add(word.toUpperCase(Locale.ROOT));
            bad.add(word + " ");
            bad.add(word + ",");
        }
        for (int i = 0; i < RANDOM_TEXTS; i++) {
            bad.add(random.ints(8, 'a', 'z')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
        }
        bad.removeAll(known);
        return List.copyOf(bad);
    }

    private static List<String> outOfForm(JsonNode schema) {
        var bad = new ArrayList<String>();
        if (schema.path("minLength").asInt() > 1) {
            bad.add("x".repeat(schema.path("minLength").asInt() - 1));
        }
        if (schema.has("maxLength")) {
            bad.add("1".repeat(schema.path("maxLength").asInt() + 1));
        }
        if (schema.has("pattern")) {
            var pattern = Pattern.compile(schema.path("pattern").asText());
            List.of("\u2603", "a b", "'; drop table call; --", "-1", "<x>").stream()
                    .filter(text -> !pattern.matcher(text).find())
                    .forEach(bad::add);
        }
        return bad;
    }
}
