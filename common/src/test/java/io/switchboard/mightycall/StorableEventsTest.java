package io.switchboard.mightycall;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.call.CallEvent;
import io.switchboard.event.EventId;
import io.switchboard.event.Source;
import io.switchboard.mightycall.Decoded.Understood;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The decoder's promise to whoever stores its events: whatever the provider sends, they can be stored as they are. */
class StorableEventsTest {
    private static final long SEED = 8L;
    private static final int CASES = 2_000;
    private static final int LONGEST_TEXT = 6 * 2_048; // a character may become six
    private static final EventId ID = EventId.ofBytes("default", "x".getBytes(UTF_8));
    private static final Instant RECEIVED = Instant.parse("2026-03-09T17:00:00Z");
    private static final List<String> CHARACTERS = List.of(
            "a",
            "0",
            " ",
            "\\u0000",
            "\\ud800",
            "\\udc00",
            "\\ud83d\\ude00",
            "\u00e9",
            "\ud83d\ude00",
            "\\n",
            "%",
            "/");
    private static final List<String> TIMES = List.of(
            "0000-01-01T00:00:00Z", "9999-12-31T23:59:59+14:00", "2026-03-09T17:00:00.1234567Z", "-1", "1970-01-01");
    private static final List<String> DURATIONS = List.of("-5", "70200", "999999999999999999", "1e9", "0");

    private final CallEventDecoder decoder = new CallEventDecoder();

    @Test
    void whateverIsDecodedCanBeStored() {
        System.out.println("StorableEventsTest seed " + SEED);
        var random = new SplittableRandom(SEED);
        for (var i = 0; i < CASES; i++) {
            assertStorable(decode("mightycall.webhook.IncomingCall", webhook(random)), "case " + i);
            assertStorable(decode("mightycall.call", record(random)), "case " + i);
        }
    }

    private CallEvent decode(String type, String json) {
        var logged = new LoggedEvent(ID, Source.POLL, "default", type, RECEIVED, json.getBytes(UTF_8));
        assertThat(decoder.decode(logged)).as(json).isInstanceOf(Understood.class);
        return ((Understood) decoder.decode(logged)).event();
    }

    private static String webhook(SplittableRandom random) {
        return """
                {"Body":{"Id":"%s","From":"%s","To":"%s","Extension":"%s"},"EventType":"%s","Timestamp":"%s"}""".formatted(
                        "i" + text(random, 100),
                        text(random, 900),
                        text(random, 900),
                        text(random, 900),
                        text(random, 900),
                        pick(random, TIMES));
    }

    private static String record(SplittableRandom random) {
        return """
                {"id":"%s","direction":"%s","callStatus":"%s","dateTimeUtc":"%s","duration":"%s","businessNumber":"%s",\
                "caller":{"name":"%s","extension":"%s","phone":"%s"},"called":[{"name":"%s","extension":"%s","phone":"%s"}],\
                "callRecord":{"uri":"https://recordings.example/%s"}}""".formatted(
                        "i" + text(random, 100),
                        text(random, 900),
                        text(random, 900),
                        pick(random, TIMES),
                        pick(random, DURATIONS),
                        text(random, 900),
                        text(random, 900),
                        text(random, 900),
                        text(random, 900),
                        text(random, 900),
                        text(random, 900),
                        text(random, 900),
                        text(random, 900));
    }

    private static String text(SplittableRandom random, int longest) {
        var text = new StringBuilder();
        for (var i = random.nextInt(10) == 0 ? random.nextInt(longest) : random.nextInt(5); i > 0; i--) {
            text.append(pick(random, CHARACTERS));
        }
        return text.toString();
    }

    /** Every component, however deep. */
    private static void assertStorable(@Nullable Object value, String which) {
        switch (value) {
            case String text -> {
                assertThat(text.length()).as(which).isLessThanOrEqualTo(LONGEST_TEXT);
                assertThat(text.indexOf('\0')).as(which).isNegative();
                assertThat(new String(text.getBytes(UTF_8), UTF_8)).as(which).isEqualTo(text);
            }
            case Instant time ->
                assertThat(time)
                        .as(which)
                        .isBetween(Instant.parse("1969-12-31T00:00:00Z"), Instant.parse("2200-01-02T00:00:00Z"));
            case Duration duration ->
                assertThat(duration.isNegative()).as(which).isFalse();
            case List<?> list -> list.forEach(each -> assertStorable(each, which));
            case Record parts -> {
                for (var component : parts.getClass().getRecordComponents()) {
                    assertStorable(component(component, parts), which);
                }
            }
            case null, default -> {}
        }
    }

    private static @Nullable Object component(RecordComponent component, Record parts) {
        try {
            return component.getAccessor().invoke(parts);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static String pick(SplittableRandom random, List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
