package io.switchboard.projector.api;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id under which answer and log speak of a request. */
final class RequestId {
    static final String HEADER = "X-Request-Id";

    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+=-]{0,127}");

    private RequestId() {}

    /** The client's own id where it is short plain text, otherwise a new one. */
    static String of(@Nullable String header) {
        return header != null && USABLE.matcher(header).matches()
                ? header
                : UUID.randomUUID().toString();
    }
}
