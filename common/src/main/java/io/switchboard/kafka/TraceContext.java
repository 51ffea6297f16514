package io.switchboard.kafka;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** W3C trace context: the sender's, passed on as it is, or a new one where the sender has none. */
public final class TraceContext {
    private static final Pattern VALID =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final HexFormat HEX = HexFormat.of();

    private TraceContext() {}

    /** A valid {@code traceparent}. */
    public static String of(@Nullable String received) {
        return received != null && VALID.matcher(received).matches() ? received : generated();
    }

    /** A new one, for what nobody asked for by HTTP. */
    public static String generated() {
        var random = ThreadLocalRandom.current();
        var span = random.nextLong() | 1;
        return "00-" + HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong() | 1) + "-"
                + HEX.toHexDigits(span) + "-01";
    }
}
