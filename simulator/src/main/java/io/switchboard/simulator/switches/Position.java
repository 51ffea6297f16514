package io.switchboard.simulator.switches;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A position of a switch, which has a word in settings. */
public interface Position {
    String name();

    default String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The words of a switch's positions. */
    static <P extends Position> List<String> words(P[] positions) {
        return Arrays.stream(positions).map(Position::word).toList();
    }
}
