package io.switchboard.simulator.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.switchboard.call.EventName.Family;
import io.switchboard.simulator.script.ScriptedCall;
import io.switchboard.simulator.script.ScriptedEvent;
import io.switchboard.simulator.script.ScriptedEvent.Reach;
import io.switchboard.simulator.wire.WireSettings.CallId;
import io.switchboard.simulator.wire.WireSettings.EndExtension;
import io.switchboard.simulator.wire.WireSettings.ExtensionForm;
import io.switchboard.simulator.wire.WireSettings.Names;
import io.switchboard.simulator.wire.WireSettings.TrailingComma;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event as MightyCall delivers it:
 *
 * <pre>{@code
 * {"Body":{"From":…,"To":…,"Id":…,"Extension":…},"Guid":…,"ApiKey":…,"Timestamp":…,"EventType":…[,"CallId":…][,"CallDuration":…]}
 * }</pre>
 */
public final class WebhookCodec {
    private static final UUID ZERO = new UUID(0, 0);
    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    /** Length of a time up to its seconds. */
    private static final int SECONDS = "2026-03-09T14:02:10".length();

    private final WireSettings switches;
    private final String apiKey;

    public WebhookCodec(WireSettings switches, String apiKey) {
        this.switches = switches;
        this.apiKey = apiKey;
    }

    /**
     * The bytes of one event.
     *
     * @param at when it happened
     * @param elapsed real time since the call began, for {@code CallDuration}
     */
    public byte[] encode(ScriptedCall call, ScriptedEvent event, Instant at, Duration elapsed) {
        var json = new JsonText(switches.layout());
        json.open().name("Body").open();
        json.name("From").value(quoted(call.from()));
        json.name("To").value(quoted(call.to()));
        json.name("Id").value(quoted(call.id().toString()));
        var extension = extension(event);
        if (extension != null) {
            json.name("Extension").value(extension);
        }
        json.close();
        json.name("Guid").value(quoted(guid(call, event).toString()));
        json.name("ApiKey").value(quoted(apiKey));
        json.name("Timestamp").value(quoted(timestamp(at)));
        json.name("EventType").value(quoted(event.name().wire()));
        if (switches.callId() == CallId.BOTH) {
            json.name("CallId").value(quoted(call.id().toString()));
        }
        if (switches.names() == Names.CCAPI && event.reach() == Reach.WHOLE_CALL_END) {
            json.name("CallDuration").value(quoted(clock(elapsed)));
        }
        if (switches.trailingComma() == TrailingComma.YES) {
            json.comma();
        }
        return json.close().toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whom {@code Body.Extension} names; null for nobody. */
    public @Nullable String namedExtension(ScriptedEvent event) {
        return isFinalEnd(event) && switches.endExtension() != EndExtension.NUMBER ? null : event.extension();
    }

    /** How {@code Timestamp} is written. */
    public String timestamp(Instant instant) {
        var full = FULL.format(instant);
        var digits = switches.fractionDigits();
        return full.substring(0, digits == 0 ? SECONDS : SECONDS + 1 + digits)
                + switches.offset().text();
    }

    /** The JSON value of {@code Body.Extension}; null when the member is left out. */
    private @Nullable String extension(ScriptedEvent event) {
        var named = namedExtension(event);
        if (named != null) {
            return switches.extensionForm() == ExtensionForm.NUMBER ? named : quoted(named);
        }
        return isFinalEnd(event) && switches.endExtension() == EndExtension.NULL ? "null" : null;
    }

    /** Outgoing ends follow a rule of their own: they name the dialler, and on internal calls nobody. */
    private static boolean isFinalEnd(ScriptedEvent event) {
        return event.reach() == Reach.WHOLE_CALL_END && event.name().family() != Family.OUTGOING;
    }

    private UUID guid(ScriptedCall call, ScriptedEvent event) {
        return switch (switches.guid()) {
            case UNIQUE -> event.guid();
            case ZERO -> ZERO;
            case REPEATED -> call.events().getFirst().guid();
        };
    }

    private static String clock(Duration duration) {
        return String.format(
                Locale.ROOT, "%02d:%02d:%02d", duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
