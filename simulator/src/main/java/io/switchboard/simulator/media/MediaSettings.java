package io.switchboard.simulator.media;

import io.switchboard.simulator.switches.Position;
import io.switchboard.simulator.switches.Switches;
import io.switchboard.simulator.switches.Toggle;
import java.time.Duration;

/**
 * The switches of recordings.
 *
 * @param linkLife how long a link works; zero: for ever
 * @param longest how much sound a file has at most
 */
public record MediaSettings(Auth auth, Duration linkLife, Toggle spaces, Duration longest, Type type) {
    public static final MediaSettings STANDARD =
            new MediaSettings(Auth.NONE, Duration.ZERO, Toggle.ON, Duration.ofSeconds(10), Type.WAV);

    /** What a file wants to see before it is given out. */
    public enum Auth implements Position {
        NONE,
        /** An access token. */
        BEARER
    }

    /** The content type of a file. */
    public enum Type implements Position {
        WAV("audio/wav"),
        X_WAV("audio/x-wav"),
        OCTET_STREAM("application/octet-stream");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** Reads the variables that are set; the others keep their present value. */
    public static MediaSettings read(Switches switches, MediaSettings present) {
        return new MediaSettings(
                switches.position("SIMULATOR_MEDIA_AUTH", present.auth, Auth.values()),
                switches.seconds("SIMULATOR_MEDIA_LINK_SECONDS", present.linkLife, 0, 7 * 86_400),
                switches.toggle("SIMULATOR_MEDIA_SPACES", present.spaces),
                switches.seconds("SIMULATOR_MEDIA_SECONDS", present.longest, 1, 60),
                switches.position("SIMULATOR_MEDIA_TYPE", present.type, Type.values()));
    }
}
