package io.switchboard.projector.api.query;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whose call it was, when several talked: each call counts once. */
public enum Attribution {
    /** The one who answered first; of outgoing calls the one who dialled. */
    FIRST_ANSWERED,
    /** The one who was connected last. */
    LAST_PARTICIPANT;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Attribution> ofWord(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Attribution::word).toList();
    }
}
