package io.switchboard.simulator.media;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a {@code Range} header asks for (RFC 9110 section 14.2); several ranges at once are answered with the whole. */
public sealed interface ByteRange {
    Pattern BYTES = Pattern.compile("bytes=(\\d{0,9})-(\\d{0,9})");

    /** Everything. */
    record Whole() implements ByteRange {}

    /** From {@code first} to {@code last}, both included. */
    record Part(int first, int last) implements ByteRange {
        public String header(int length) {
            return "bytes " + first + "-" + last + "/" + length;
        }
    }

    /** Nothing that is there. */
    record Unsatisfiable() implements ByteRange {}

    static ByteRange of(@Nullable String header, int length) {
        var match = BYTES.matcher(header == null ? "" : header.strip());
        if (!match.matches() || match.group(1).isEmpty() && match.group(2).isEmpty()) {
            return new Whole();
        }
        if (match.group(1).isEmpty()) {
            var count = Math.min(Integer.parseInt(match.group(2)), length);
            return count == 0 ? new Unsatisfiable() : new Part(length - count, length - 1);
        }
        var first = Integer.parseInt(match.group(1));
        var last = match.group(2).isEmpty() ? length - 1 : Math.min(Integer.parseInt(match.group(2)), length - 1);
        if (!match.group(2).isEmpty() && Integer.parseInt(match.group(2)) < first) {
            return new Whole(); // not a valid range: as if the header were not there
        }
        return first >= length ? new Unsatisfiable() : new Part(first, last);
    }
}
