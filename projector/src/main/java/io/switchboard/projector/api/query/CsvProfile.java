package io.switchboard.projector.api.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** For whom a file of comma-separated values is. */
public enum CsvProfile {
    /** For programs: cells hold exactly what is known. */
    RFC4180,
    /** For people: what a spreadsheet would take for a formula gets an apostrophe in front. */
    SPREADSHEET;

    /** The words for a fault. */
    public static final String TAKES = "rfc4180 or spreadsheet";

    private static final String FORMULA_STARTS = "=+-@\t\r";

    public static Optional<CsvProfile> ofWord(String word) {
        return Arrays.stream(values())
                .filter(profile -> profile.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    public @Nullable String cell(@Nullable String text) {
        return this == SPREADSHEET && text != null && !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0
                ? "'" + text
                : text;
    }
}
