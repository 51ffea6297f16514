package io.switchboard.resource;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a recording.
 *
 * @param uri where the provider keeps it: opens it to whoever has it, so it is never shown
 */
public record Recording(@Nullable String uri) {
    public static final Recording NONE = new Recording(null);

    /** {@code ready} or {@code none}, the words of a call's recording. */
    public String status() {
        return uri == null ? "none" : "ready";
    }

    @Override
    public String toString() {
        return "Recording[" + status() + "]";
    }
}
