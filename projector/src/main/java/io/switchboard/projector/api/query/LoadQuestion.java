package io.switchboard.projector.api.query;

import io.switchboard.projector.report.Bucket;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How many calls there were at the same time.
 *
 * @param buckets those of the range, each of which has its own answer
 */
public record LoadQuestion(RangeQuestion calls, Of of, List<Bucket> buckets) {
    public LoadQuestion {
        buckets = List.copyOf(buckets);
    }

    /** Which part of calls. */
    public enum Of {
        /** From the first answer to the end. */
        TALKING,
        /** From the start to the end. */
        CALLS;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Of> ofWord(String word) {
            return Arrays.stream(values()).filter(of -> of.word().equals(word)).findFirst();
        }

        public static List<String> words() {
            return Arrays.stream(values()).map(Of::word).toList();
        }
    }
}
