package io.switchboard.projector.api.query;

import io.switchboard.http.Problem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header {@value #HEADER}: under one key the same order is made once, however often it is sent.
 *
 * @param value null when the request has none
 * @param problem what is wrong with it
 */
public record IdempotencyKey(@Nullable String value, Optional<Problem> problem) {
    public static final String HEADER = "Idempotency-Key";

    private static final Pattern USABLE = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /** @param headers the values of all headers of that name */
    public static IdempotencyKey of(List<String> headers) {
        if (headers.isEmpty()) {
            return new IdempotencyKey(null, Optional.empty());
        }
        return headers.size() == 1 && USABLE.matcher(headers.getFirst()).matches()
                ? new IdempotencyKey(headers.getFirst(), Optional.empty())
                : new IdempotencyKey(
                        null,
                        Optional.of(new Problem(
                                400,
                                "invalid-header",
                                "Invalid header",
                                HEADER + " takes 1 to 255 visible ASCII characters, once.",
                                List.of(new Problem.Fault(HEADER, "takes 1 to 255 visible ASCII characters, once")))));
    }
}
