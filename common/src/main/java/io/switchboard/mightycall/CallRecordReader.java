package io.switchboard.mightycall;

import io.switchboard.call.CallRecord;
import io.switchboard.call.CallRecord.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a {@link CallRecord} of the provider's {@code Call} (GET /calls), whose parts may each be missing or null. */
final class CallRecordReader {
    private static final int MAX_PARTIES = 100;
    private static final int MAX_WORD_LENGTH = 64;
    /** A text longer than this says nothing about a call. */
    static final int MAX_TEXT_LENGTH = 512;

    private static final int MAX_DURATION_DIGITS = 18;
    private static final Duration LONGEST_CALL = Duration.ofDays(366);

    private CallRecordReader() {}

    static CallRecord read(LooseObject call) {
        var caller = call.object("caller");
        return new CallRecord(
                StorableText.ofNullable(call.text("direction"), MAX_WORD_LENGTH),
                StorableText.ofNullable(call.text("callstatus"), MAX_WORD_LENGTH),
                time(call.text("datetimeutc")),
                duration(call.text("duration")),
                caller == null ? null : party(caller),
                called(call),
                businessNumber(call),
                recordingUri(call));
    }

    private static List<Party> called(LooseObject call) {
        return call.objects("called").stream()
                .limit(MAX_PARTIES)
                .map(CallRecordReader::party)
                .toList();
    }

    private static Party party(LooseObject party) {
        return new Party(
                StorableText.ofNullable(party.text("name"), MAX_TEXT_LENGTH),
                StorableText.ofNullable(party.text("extension"), MAX_TEXT_LENGTH),
                StorableText.ofNullable(party.text("phone"), MAX_TEXT_LENGTH),
                truth(party.text("isconnected")));
    }

    private static @Nullable Boolean truth(@Nullable String text) {
        if ("true".equalsIgnoreCase(text)) {
            return Boolean.TRUE;
        }
        return "false".equalsIgnoreCase(text) ? Boolean.FALSE : null;
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : ProviderTime.parse(text);
    }

    /** Always milliseconds, whatever the size of the number (API.md, section 5.1). */
    private static @Nullable Duration duration(@Nullable String text) {
        if (text == null
                || text.length() > MAX_DURATION_DIGITS
                || !text.chars().allMatch(character -> character >= '0' && character <= '9')) {
            return null;
        }
        var duration = Duration.ofMillis(Long.parseLong(text));
        return duration.compareTo(LONGEST_CALL) > 0 ? null : duration;
    }

    /** A string here, an object in the journal: both are accepted. */
    private static @Nullable String businessNumber(LooseObject call) {
        var number = call.object("businessnumber");
        var text = number == null ? call.text("businessnumber") : number.text("number");
        return StorableText.ofNullable(text, MAX_TEXT_LENGTH);
    }

    /** {@code fileName} is a storage path, never a link. */
    private static @Nullable String recordingUri(LooseObject call) {
        var recording = call.object("callrecord");
        return recording == null ? null : RecordingUri.usable(recording.text("uri"));
    }
}
