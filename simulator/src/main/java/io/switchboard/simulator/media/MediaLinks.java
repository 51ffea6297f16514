package io.switchboard.simulator.media;

import io.switchboard.simulator.switches.Toggle;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Links to recordings. The opaque part names the call, when the link was made, and a checksum of both:
 *
 * <pre>
 *   0        16       24       32
 *   | call   | made   | check  |      base64url
 * </pre>
 *
 * A link that does not last is made anew each half of its life, so that two readers in short order see the same one.
 *
 * @param base where files are served, without a slash at the end
 */
public record MediaLinks(String base, MediaSettings settings) {
    private static final String TENANT = "U1dJVENIQk9BUkQ";
    private static final int LENGTH = 32;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd_HHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** What a link leads to. */
    public sealed interface Target {
        /** The call whose recording it is. */
        record Live(UUID call) implements Target {}

        /** It led somewhere once. */
        record Expired() implements Target {}
    }

    /** The link to a call's recording. */
    public String call(UUID call, Instant startedAt, String agent, Instant now) {
        var name = "callrecord_" + STAMP.format(startedAt) + "_" + agent + ".wav";
        var spaced = settings.spaces() == Toggle.ON ? name : name.replace(' ', '_');
        return base + "/Mightycall/Files/" + spaced + "?recordid=" + opaque(call, now) + "&id=" + TENANT;
    }

    /** The link to the message a caller left. */
    public String voicemail(UUID call, Instant now) {
        return base + "/Mightycall/Files/voicemail.wav?vmrecordid=" + opaque(call, now);
    }

    /** The link to the picture of a text message. */
    public String picture(String journalId) {
        return base + "/Mightycall/Files/mms/" + journalId;
    }

    /** Where the provider stores it: a path, no link. */
    public static String storagePath(UUID call) {
        return "records/" + TENANT + "/" + call + ".wav";
    }

    /** What the opaque part of a link means now; empty when it was not made here. */
    public Optional<Target> target(String opaque, Instant now) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(opaque));
            if (bytes.remaining() != LENGTH) {
                return Optional.empty();
            }
            var call = new UUID(bytes.getLong(), bytes.getLong());
            var made = bytes.getLong();
            if (bytes.getLong() != check(call, made)) {
                return Optional.empty();
            }
            return Optional.of(lasts(made, now) ? new Target.Live(call) : new Target.Expired());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean lasts(long made, Instant now) {
        var life = settings.linkLife();
        return life.isZero() || now.isBefore(Instant.ofEpochMilli(made).plus(life));
    }

    private String opaque(UUID call, Instant now) {
        var made = made(now);
        var bytes = ByteBuffer.allocate(LENGTH)
                .putLong(call.getMostSignificantBits())
                .putLong(call.getLeastSignificantBits())
                .putLong(made)
                .putLong(check(call, made));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private long made(Instant now) {
        var life = settings.linkLife();
        if (life.equals(Duration.ZERO)) {
            return 0;
        }
        var period = life.toMillis() / 2;
        return now.toEpochMilli() / period * period;
    }

    private static long check(UUID call, long made) {
        return (call.getMostSignificantBits() ^ Long.rotateLeft(call.getLeastSignificantBits(), 17) ^ made)
                * 0x9E37_79B9_7F4A_7C15L;
    }
}
