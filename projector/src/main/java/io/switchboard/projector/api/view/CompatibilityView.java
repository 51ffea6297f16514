package io.switchboard.projector.api.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of the dashboard that was there before; not one member more. */
public final class CompatibilityView {
    private static final int RATE_DIGITS = 4;

    private CompatibilityView() {}

    public record PhoneNumber(
            String number,
            @Nullable String externalId,
            @Nullable String label,
            String status,
            @Nullable Instant createdAt) {
        public Map<String, @Nullable Object> json() {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("id", number);
            json.put("external_id", externalId);
            json.put("number", number);
            json.put("e164", number);
            json.put("label", label);
            json.put("status", status);
            json.put("created_at", Values.time(createdAt));
            return json;
        }
    }

    public record Extension(
            String extension,
            @Nullable String displayName,
            @Nullable String externalId) {
        public Map<String, @Nullable Object> json() {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("extension", extension);
            json.put("display_name", displayName);
            json.put("external_id", externalId);
            return json;
        }
    }

    /** What a synchronisation left in the tables. */
    public record Count(long phones, long extensions) {
        public Count plus(Count other) {
            return new Count(phones + other.phones, extensions + other.extensions);
        }
    }

    /**
     * One number's day.
     *
     * @param calls all of them: those that are still open, or whose outcome is not known, are neither answered nor missed
     */
    public record Report(
            String date, @Nullable String number, long calls, long answered, long missed, double talkSeconds) {
        public Map<String, @Nullable Object> json() {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("report_date", date);
            json.put("number", number);
            json.put("calls", calls);
            json.put("answered", answered);
            json.put("missed", missed);
            json.put("duration_seconds", Math.round(talkSeconds));
            json.put(
                    "answer_rate",
                    BigDecimal.valueOf(answered)
                            .divide(BigDecimal.valueOf(calls), RATE_DIGITS, RoundingMode.HALF_UP)
                            .doubleValue());
            return json;
        }
    }
}
