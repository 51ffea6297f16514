package io.switchboard.event;

import java.util.Optional;

/** The door through which a fact came in. */
public enum Source {
    WEBHOOK("webhook"),
    POLL("poll");

    private final String word;

    Source(String word) {
        this.word = word;
    }

    /** The word used in {@code ce_source}, in tables and in answers. */
    public String word() {
        return word;
    }

    public static Optional<Source> ofWord(String word) {
        return switch (word) {
            case "webhook" -> Optional.of(WEBHOOK);
            case "poll" -> Optional.of(POLL);
            default -> Optional.empty();
        };
    }
}
