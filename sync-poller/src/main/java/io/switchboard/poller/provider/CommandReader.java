package io.switchboard.poller.provider;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.switchboard.mightycall.TolerantJson;
import io.switchboard.poller.plan.Failure;
import io.switchboard.poller.plan.Failure.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What an answer to a command means. A success may hide a refusal: a message that was not sent is a 200 with
 * {@code errors}. Of a refusal the fields that it complains of are told, never their values.
 *
 * @param secrets what no detail may show: keys, tokens, and what the command says of people
 */
record CommandReader(Collection<String> secrets, Instant now) {
    private static final int MAX_BYTES = 64 << 10;
    private static final int MOST_FIELDS = 5;
    /** A name, and not somebody's data in its place. */
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z_.]{0,40}");

    /** What the members of an answer tell. */
    private record Told(boolean errors, boolean failed, boolean hasContent, List<String> fields) {
        static final Told NOTHING = new Told(false, false, false, List.of());
    }

    CommandAnswer read(RawAnswer answer) {
        var refusals = new Refusals(secrets, now);
        var told = told(answer.body());
        if (answer.status() < 200 || answer.status() >= 300) {
            return refused(refusals.ofData(answer), told);
        }
        if (told.errors()) {
            var code = answer.status() + " with errors";
            return refused(new Failure(Kind.BAD_REQUEST, code, null), told);
        }
        if (told.failed()) {
            var failure = refusals.ofData(answer);
            var kind = failure.kind() == Kind.LIMIT_EXCEEDED ? Kind.LIMIT_EXCEEDED : Kind.BAD_REQUEST;
            return refused(new Failure(kind, failure.detail(), failure.retryAt()), told);
        }
        if (isPage(answer.body())) {
            return new CommandAnswer.Refused(
                    new Failure(Kind.MALFORMED, answer.status() + " HTML instead of JSON", null));
        }
        // With content it did something, whatever words stand beside it.
        return !told.hasContent() && RequestLimit.isSaidBy(ErrorBody.read(answer.body()))
                ? refused(refusals.ofData(answer), told)
                : new CommandAnswer.Done();
    }

    private static CommandAnswer refused(Failure failure, Told told) {
        if (told.fields().isEmpty()) {
            return new CommandAnswer.Refused(failure);
        }
        var detail = failure.detail() + " (" + String.join(", ", told.fields()) + ")";
        return new CommandAnswer.Refused(new Failure(failure.kind(), detail, failure.retryAt()));
    }

    private static boolean isPage(byte[] body) {
        var start = TolerantJson.startOfText(body);
        return start < body.length && body[start] == '<';
    }

    private static Told told(byte[] body) {
        if (body.length > MAX_BYTES) {
            return Told.NOTHING;
        }
        try (var parser = TolerantJson.parser(body, TolerantJson.startOfText(body))) {
            return parser.nextToken() == JsonToken.START_OBJECT ? members(parser) : Told.NOTHING;
        } catch (IOException e) {
            return Told.NOTHING;
        }
    }

    private static Told members(JsonParser parser) throws IOException {
        var errors = false;
        var failed = false;
        var content = false;
        var fields = new ArrayList<String>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName().toLowerCase(Locale.ROOT);
            var value = parser.nextToken();
            switch (name) {
                case "errors" -> errors = entries(parser, fields);
                case "modelstate" -> {
                    var unused = entries(parser, fields);
                }
                case "issuccess" -> failed = value == JsonToken.VALUE_FALSE;
                case "data", "id" -> {
                    content |= value != JsonToken.VALUE_NULL;
                    var unused = parser.skipChildren();
                }
                default -> {
                    var unused = parser.skipChildren();
                }
            }
        }
        return new Told(errors, failed, content, List.copyOf(new TreeSet<>(fields)));
    }

    /** Whether a list or an object holds anything; the names of an object's members are noted. */
    private static boolean entries(JsonParser parser, List<String> fields) throws IOException {
        var start = parser.currentToken();
        if (!start.isStructStart()) {
            return start != JsonToken.VALUE_NULL;
        }
        var any = false;
        for (var token = parser.nextToken(); !token.isStructEnd(); token = parser.nextToken()) {
            any = true;
            if (token == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                if (fields.size() < MOST_FIELDS && FIELD.matcher(name).matches()) {
                    fields.add(name);
                }
            } else {
                var unused = parser.skipChildren();
            }
        }
        return any;
    }
}
