package io.switchboard.poller.provider;

import io.switchboard.mightycall.ProviderTime;
import io.switchboard.mightycall.TolerantJson;
import io.switchboard.poller.plan.Failure;
import io.switchboard.poller.plan.Failure.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Failure} of an answer that is no page (API.md, sections 3, 4, 8 and 12). That the day's requests are spent is
 * looked for first, because it may be said with any status; then the status decides.
 *
 * @param secrets what no detail may show
 * @param now by the clock that the provider's waits are added to
 */
record Refusals(Collection<String> secrets, Instant now) {
    private static final Duration LONGEST_WAIT = Duration.ofDays(2);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Pattern RETRY_AFTER =
            Pattern.compile("retry after ([0-9][0-9T:. -]*[0-9])(?:Z| UTC)?\\b", Pattern.CASE_INSENSITIVE);

    /** Of a request for data. */
    Failure ofData(RawAnswer answer) {
        var error = ErrorBody.read(answer.body());
        return failure(
                RequestLimit.isSaidBy(error) ? Kind.LIMIT_EXCEEDED : kind(answer.status(), error), answer, error);
    }

    /** Of a successful status whose body is no page after all. */
    Failure ofUnreadable(RawAnswer answer, String what) {
        var error = ErrorBody.read(answer.body());
        if (RequestLimit.isSaidBy(error)) {
            return failure(Kind.LIMIT_EXCEEDED, answer, error);
        }
        if (saysNotFound(error)) {
            return failure(Kind.NOT_FOUND, answer, error);
        }
        return new Failure(
                Kind.MALFORMED, answer.status() + " " + (isHtml(answer) ? "HTML instead of JSON" : what), null);
    }

    /**
     * Of a request for a token. Keys that are refused need a person. A refresh token that is refused needs only the keys, and
     * so reads as a rejected token: the plan logs in.
     */
    Failure ofToken(RawAnswer answer, Grant grant) {
        var error = ErrorBody.read(answer.body());
        var kind = RequestLimit.isSaidBy(error) ? Kind.LIMIT_EXCEEDED : kind(answer.status(), error);
        return failure(
                switch (kind) {
                    case TOKEN_REJECTED -> grant == Grant.REFRESH ? Kind.TOKEN_REJECTED : Kind.CREDENTIALS_REJECTED;
                    case BAD_REQUEST -> badRequest(grant, error);
                    case MALFORMED -> blamesKeys(error) ? badRequest(grant, error) : kind;
                    default -> kind;
                },
                answer,
                error);
    }

    private static Kind badRequest(Grant grant, ErrorBody error) {
        return switch (grant) {
            case REFRESH -> Kind.TOKEN_REJECTED;
            case KEYS -> blamesKeys(error) ? Kind.CREDENTIALS_REJECTED : Kind.BAD_REQUEST;
        };
    }

    private static Kind kind(int status, ErrorBody error) {
        return switch (status) {
            case 401 -> Kind.TOKEN_REJECTED;
            case 403 -> Kind.FORBIDDEN;
            case 404 -> Kind.NOT_FOUND;
            case 429 -> Kind.THROTTLED;
            case 400 -> saysNotFound(error) ? Kind.NOT_FOUND : Kind.BAD_REQUEST;
            default -> status >= 500 ? Kind.SERVER_ERROR : status >= 400 ? Kind.BAD_REQUEST : Kind.MALFORMED;
        };
    }

    /** {@code Call not found}; but a parameter that is not known is a wrong request. */
    private static boolean saysNotFound(ErrorBody error) {
        return !error.invalid()
                && error.texts().stream()
                        .map(text -> text.toLowerCase(Locale.ROOT))
                        .anyMatch(text -> text.contains("not found") || text.endsWith("isnotfound"));
    }

    private static boolean isHtml(RawAnswer answer) {
        var start = TolerantJson.startOfText(answer.body());
        return start < answer.body().length && answer.body()[start] == '<';
    }

    private static boolean blamesKeys(ErrorBody error) {
        return error.texts().stream()
                .map(text -> text.toLowerCase(Locale.ROOT))
                .anyMatch(text -> text.contains("invalid_client")
                        || text.contains("invalid_grant")
                        || text.contains("unauthorized_client"));
    }

    private Failure failure(Kind kind, RawAnswer answer, ErrorBody error) {
        var words = HarmlessText.of(error.message(), secrets);
        var detail = words == null ? String.valueOf(answer.status()) : answer.status() + " " + words;
        var waits = kind == Kind.LIMIT_EXCEEDED || kind == Kind.THROTTLED || kind == Kind.SERVER_ERROR;
        return new Failure(kind, detail, waits ? retryAt(answer, error) : null);
    }

    /** By the header or, failing that, by the words; never in the past nor absurdly far. */
    private @Nullable Instant retryAt(RawAnswer answer, ErrorBody error) {
        var at = answer.retryAfter() == null
                ? null
                : ofHeader(answer.retryAfter().strip());
        if (at == null) {
            at = error.texts().stream()
                    .map(RETRY_AFTER::matcher)
                    .filter(found -> found.find())
                    .map(found -> ProviderTime.parse(found.group(1)))
                    .findFirst()
                    .orElse(null);
        }
        if (at == null) {
            return null;
        }
        var latest = now.plus(LONGEST_WAIT);
        return at.isBefore(now) ? now : at.isAfter(latest) ? latest : at;
    }

    /** Seconds or a date (RFC 9110, section 10.2.3). */
    private @Nullable Instant ofHeader(String header) {
        if (SECONDS.matcher(header).matches()) {
            return now.plusSeconds(Long.parseLong(header));
        }
        try {
            return ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** What a token is asked for with. */
    enum Grant {
        KEYS,
        REFRESH
    }
}
