package io.switchboard.simulator;

import io.switchboard.runtime.SettingsReader;
import io.switchboard.simulator.api.ApiSettings;
import io.switchboard.simulator.delivery.Faults;
import io.switchboard.simulator.delivery.Retries;
import io.switchboard.simulator.switches.Switches;
import io.switchboard.simulator.wire.WireSettings;
import io.switchboard.simulator.world.Exchange;
import java.time.Duration;
import java.util.Map;

/**
 * The switches that may be turned while the simulator runs. A call keeps the speed, the faults and the wire format it was
 * made under; rate and retries take effect at once, and so does whatever concerns the REST API.
 */
public record LiveSettings(
        double callsPerMinute, double speed, Faults faults, Retries retries, WireSettings wire, ApiSettings api) {
    public static final LiveSettings STANDARD =
            new LiveSettings(6, 1, Faults.NONE, Retries.STANDARD, WireSettings.STANDARD, ApiSettings.STANDARD);

    /** Reads the variables that are set; the others keep their present value. Problems are noted in the reader. */
    static LiveSettings read(SettingsReader reader, LiveSettings present) {
        return read(new Switches(reader), present);
    }

    /** What all switches stand at, by their names in the control API. */
    Map<String, Object> values() {
        var switches = new Switches(SettingsReader.of(Map.of()));
        var same = read(switches, this);
        assert same.equals(this);
        return switches.values();
    }

    private static LiveSettings read(Switches switches, LiveSettings present) {
        return new LiveSettings(
                switches.decimal("SIMULATOR_CALLS_PER_MINUTE", present.callsPerMinute, 0, 60_000),
                switches.decimal("SIMULATOR_SPEED", present.speed, 0.01, 10_000),
                faults(switches, present.faults),
                retries(switches, present.retries),
                wire(switches, present.wire),
                ApiSettings.read(switches, present.api));
    }

    Exchange.Style style() {
        return new Exchange.Style(speed, wire);
    }

    private static Faults faults(Switches switches, Faults present) {
        var delayLeast =
                switches.millis("SIMULATOR_DELAY_MIN_MS", present.delayLeast(), Duration.ZERO, Switches.LONGEST);
        var delayMost = switches.millis("SIMULATOR_DELAY_MAX_MS", present.delayMost(), Duration.ZERO, Switches.LONGEST);
        if (delayLeast.compareTo(delayMost) > 0) {
            switches.reject(
                    "SIMULATOR_DELAY_MIN_MS", "takes at most SIMULATOR_DELAY_MAX_MS, which is " + delayMost.toMillis());
            delayLeast = delayMost;
        }
        return new Faults(
                switches.probability("SIMULATOR_LOSS_PROBABILITY", present.loss()),
                switches.probability("SIMULATOR_DUPLICATE_PROBABILITY", present.duplicates()),
                switches.probability("SIMULATOR_SHUFFLE_PROBABILITY", present.shuffle()),
                switches.millis(
                        "SIMULATOR_SHUFFLE_WINDOW_MS", present.shuffleWindow(), Switches.MILLISECOND, Switches.LONGEST),
                delayLeast,
                delayMost,
                switches.probability("SIMULATOR_REPLAY_PROBABILITY", present.replay()),
                switches.millis(
                        "SIMULATOR_REPLAY_AFTER_MS", present.replayAfter(), Switches.MILLISECOND, Switches.LONGEST));
    }

    private static Retries retries(Switches switches, Retries present) {
        return new Retries(
                switches.integer("SIMULATOR_RETRIES", present.most(), 0, 100),
                switches.millis(
                        "SIMULATOR_RETRY_BACKOFF_MS", present.backOff(), Switches.MILLISECOND, Switches.LONGEST),
                switches.millis("SIMULATOR_TIMEOUT_MS", present.timeout(), Switches.MILLISECOND, Switches.LONGEST));
    }

    private static WireSettings wire(Switches switches, WireSettings present) {
        var names = switches.position("SIMULATOR_EVENT_NAMES", present.names(), WireSettings.Names.values());
        var callId = names == present.names()
                ? present.callId()
                : WireSettings.of(names).callId();
        return new WireSettings(
                names,
                switches.position(
                        "SIMULATOR_END_EXTENSION", present.endExtension(), WireSettings.EndExtension.values()),
                switches.position(
                        "SIMULATOR_EXTENSION_FORM", present.extensionForm(), WireSettings.ExtensionForm.values()),
                switches.position("SIMULATOR_CALL_ID", callId, WireSettings.CallId.values()),
                switches.position("SIMULATOR_GUID", present.guid(), WireSettings.Guid.values()),
                switches.position("SIMULATOR_LAYOUT", present.layout(), WireSettings.Layout.values()),
                switches.integer("SIMULATOR_FRACTION_DIGITS", present.fractionDigits(), 0, 7),
                switches.position("SIMULATOR_OFFSET", present.offset(), WireSettings.Offset.values()),
                switches.position(
                        "SIMULATOR_TRAILING_COMMA", present.trailingComma(), WireSettings.TrailingComma.values()));
    }
}
