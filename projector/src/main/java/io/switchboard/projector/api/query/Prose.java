package io.switchboard.projector.api.query;

import java.util.Optional;

/**
 * Text that people write for people.
 *
 * @param most characters
 * @param lines whether it may have more than one
 */
public record Prose(int most, Lines lines) {
    /** How many lines a text may have. */
    public enum Lines {
        ONE,
        MANY
    }

    /** A name and the like. */
    public static Prose line(int most) {
        return new Prose(most, Lines.ONE);
    }

    public static Prose text(int most) {
        return new Prose(most, Lines.MANY);
    }

    public Optional<String> parse(String text) {
        var length = text.codePointCount(0, text.length());
        return text.isBlank() || length > most || !text.codePoints().allMatch(this::isMeant)
                ? Optional.empty()
                : Optional.of(text);
    }

    /** The words for a fault. */
    public String takes() {
        return "1 to " + most + " characters, no control character among them"
                + (lines == Lines.MANY ? " but line breaks and tabs" : "");
    }

    private boolean isMeant(int character) {
        if (character == '\n' || character == '\r' || character == '\t') {
            return lines == Lines.MANY;
        }
        return !Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE;
    }
}
