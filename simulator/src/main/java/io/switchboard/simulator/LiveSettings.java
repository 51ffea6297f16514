package io.switchboard.simulator;

import io.switchboard.runtime.SettingsReader;
import io.switchboard.simulator.delivery.Faults;
import io.switchboard.simulator.delivery.Retries;
import io.switchboard.simulator.wire.WireSettings;
import io.switchboard.simulator.wire.WireSettings.Position;
import io.switchboard.simulator.world.Exchange;
import java.time.Duration;
import java.util.Locale;

/**
 * The switches that may be turned while the simulator runs. A call keeps the speed, the faults and the wire format it was
 * made under; rate and retries take effect at once.
 */
public record LiveSettings(double callsPerMinute, double speed, Faults faults, Retries retries, WireSettings wire) {
    public static final LiveSettings STANDARD =
            new LiveSettings(6, 1, Faults.NONE, Retries.STANDARD, WireSettings.STANDARD);

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    /** Reads the variables that are set; the others keep their present value. Problems are noted in the reader. */
    static LiveSettings read(SettingsReader reader, LiveSettings present) {
        return new LiveSettings(
                decimal(reader, "SIMULATOR_CALLS_PER_MINUTE", present.callsPerMinute, 0, 60_000),
                decimal(reader, "SIMULATOR_SPEED", present.speed, 0.01, 10_000),
                faults(reader, present.faults),
                retries(reader, present.retries),
                wire(reader, present.wire));
    }

    Exchange.Style style() {
        return new Exchange.Style(speed, wire);
    }

    private static Faults faults(SettingsReader reader, Faults present) {
        var delayLeast = reader.millis("SIMULATOR_DELAY_MIN_MS", present.delayLeast(), Duration.ZERO, LONGEST);
        var delayMost = reader.millis("SIMULATOR_DELAY_MAX_MS", present.delayMost(), Duration.ZERO, LONGEST);
        if (delayLeast.compareTo(delayMost) > 0) {
            reader.reject(
                    "SIMULATOR_DELAY_MIN_MS", "takes at most SIMULATOR_DELAY_MAX_MS, which is " + delayMost.toMillis());
            delayLeast = delayMost;
        }
        return new Faults(
                probability(reader, "SIMULATOR_LOSS_PROBABILITY", present.loss()),
                probability(reader, "SIMULATOR_DUPLICATE_PROBABILITY", present.duplicates()),
                probability(reader, "SIMULATOR_SHUFFLE_PROBABILITY", present.shuffle()),
                reader.millis("SIMULATOR_SHUFFLE_WINDOW_MS", present.shuffleWindow(), MILLISECOND, LONGEST),
                delayLeast,
                delayMost,
                probability(reader, "SIMULATOR_REPLAY_PROBABILITY", present.replay()),
                reader.millis("SIMULATOR_REPLAY_AFTER_MS", present.replayAfter(), MILLISECOND, LONGEST));
    }

    private static Retries retries(SettingsReader reader, Retries present) {
        return new Retries(
                reader.integer("SIMULATOR_RETRIES", present.most(), 0, 100),
                reader.millis("SIMULATOR_RETRY_BACKOFF_MS", present.backOff(), MILLISECOND, LONGEST),
                reader.millis("SIMULATOR_TIMEOUT_MS", present.timeout(), MILLISECOND, LONGEST));
    }

    private static WireSettings wire(SettingsReader reader, WireSettings present) {
        var names = position(reader, "SIMULATOR_EVENT_NAMES", present.names(), WireSettings.Names.values());
        var callId = names == present.names()
                ? present.callId()
                : WireSettings.of(names).callId();
        return new WireSettings(
                names,
                position(reader, "SIMULATOR_END_EXTENSION", present.endExtension(), WireSettings.EndExtension.values()),
                position(
                        reader,
                        "SIMULATOR_EXTENSION_FORM",
                        present.extensionForm(),
                        WireSettings.ExtensionForm.values()),
                position(reader, "SIMULATOR_CALL_ID", callId, WireSettings.CallId.values()),
                position(reader, "SIMULATOR_GUID", present.guid(), WireSettings.Guid.values()),
                position(reader, "SIMULATOR_LAYOUT", present.layout(), WireSettings.Layout.values()),
                reader.integer("SIMULATOR_FRACTION_DIGITS", present.fractionDigits(), 0, 7),
                position(reader, "SIMULATOR_OFFSET", present.offset(), WireSettings.Offset.values()),
                position(
                        reader,
                        "SIMULATOR_TRAILING_COMMA",
                        present.trailingComma(),
                        WireSettings.TrailingComma.values()));
    }

    private static <P extends Position> P position(SettingsReader reader, String name, P present, P[] positions) {
        var word = reader.choice(name, present.word(), WireSettings.words(positions));
        for (var position : positions) {
            if (position.word().equals(word)) {
                return position;
            }
        }
        throw new AssertionError("the reader only lets words of the list pass");
    }

    private static double probability(SettingsReader reader, String name, double present) {
        return decimal(reader, name, present, 0, 1);
    }

    private static double decimal(SettingsReader reader, String name, double present, double least, double most) {
        var text = reader.text(name);
        if (text.isEmpty()) {
            return present;
        }
        try {
            var value = Double.parseDouble(text.get());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, as a number out of range is
        }
        reader.reject(name, "takes a number from " + shown(least) + " to " + shown(most));
        return present;
    }

    private static String shown(double bound) {
        return bound == Math.rint(bound) ? String.format(Locale.ROOT, "%.0f", bound) : Double.toString(bound);
    }
}
