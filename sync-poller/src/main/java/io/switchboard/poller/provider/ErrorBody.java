package io.switchboard.poller.provider;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an answer that is no page says in words (API.md, section 4): {@code message}, {@code errorCode}, {@code error} and the
 * like of JSON, or plain text.
 *
 * @param texts what it says, the most telling first
 * @param invalid whether it complains of parameters by name ({@code modelState})
 */
record ErrorBody(List<String> texts, boolean invalid) {
    private static final int MAX_BYTES = 64 << 10;
    private static final int MAX_PLAIN_TEXT = 512;
    private static final List<String> MEMBERS =
            List.of("message", "errorinfo", "error_description", "error", "errorcode");

    static ErrorBody read(byte[] body) {
        var known = body.length > MAX_BYTES ? null : Members.read(body);
        if (known != null) {
            return new ErrorBody(
                    MEMBERS.stream()
                            .map(known::text)
                            .filter(Objects::nonNull)
                            .map(Objects::requireNonNull)
                            .toList(),
                    known.has("modelstate"));
        }
        var text =
                new String(Arrays.copyOf(body, Math.min(body.length, MAX_PLAIN_TEXT)), StandardCharsets.UTF_8).strip();
        var isProse = !text.isEmpty() && Stream.of("<", "{", "[").noneMatch(text::startsWith);
        return new ErrorBody(isProse ? List.of(text) : List.of(), false);
    }

    /** The most telling text; null when it says nothing. */
    @Nullable
    String message() {
        return texts.isEmpty() ? null : texts.getFirst();
    }

    /** Shows nothing of the answer. */
    @Override
    public String toString() {
        return "ErrorBody[" + texts.size() + "]";
    }
}
