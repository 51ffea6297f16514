package io.switchboard.simulator.switches;

import io.switchboard.runtime.SettingsReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads switches that may be turned at run time and remembers what each stands at, under the name it has in the control
 * API. A variable that is not set keeps its present value. Confined to the thread that reads.
 */
public final class Switches {
    /** The longest time any switch takes. */
    public static final Duration LONGEST = Duration.ofHours(1);

    public static final Duration MILLISECOND = Duration.ofMillis(1);

    private static final String PREFIX = "SIMULATOR_";

    private final SettingsReader reader;
    private final Map<String, Object> values = new LinkedHashMap<>();

    public Switches(SettingsReader reader) {
        this.reader = reader;
    }

    /** What every switch read so far stands at, by its variable's name in lower case without {@code SIMULATOR_}. */
    public Map<String, Object> values() {
        return values;
    }

    public <P extends Position> P position(String name, P present, P[] positions) {
        var word = reader.choice(name, present.word(), Position.words(positions));
        for (var position : positions) {
            if (position.word().equals(word)) {
                note(name, word);
                return position;
            }
        }
        throw new AssertionError("the reader only lets words of the list pass");
    }

    public Toggle toggle(String name, Toggle present) {
        return position(name, present, Toggle.values());
    }

    public double probability(String name, double present) {
        return decimal(name, present, 0, 1);
    }

    public double decimal(String name, double present, double least, double most) {
        var value = parsed(name, present, least, most);
        note(name, value);
        return value;
    }

    public int integer(String name, int present, int least, int most) {
        var value = reader.integer(name, present, least, most);
        note(name, value);
        return value;
    }

    public Duration millis(String name, Duration present, Duration least, Duration most) {
        var value = reader.millis(name, present, least, most);
        note(name, value.toMillis());
        return value;
    }

    public Duration seconds(String name, Duration present, long least, long most) {
        var value = reader.number(name, present.toSeconds(), least, most);
        note(name, value);
        return Duration.ofSeconds(value);
    }

    /**
     * A value of a form of its own.
     *
     * @param parse throws {@link IllegalArgumentException} for what is none
     * @param takes what it takes, for whoever gave something else
     */
    public <T> T value(String name, T present, Function<String, T> parse, String takes) {
        var value = present;
        var text = reader.text(name);
        if (text.isPresent()) {
            try {
                value = parse.apply(text.get());
            } catch (IllegalArgumentException e) {
                reject(name, "takes " + takes);
            }
        }
        note(name, value.toString());
        return value;
    }

    /** Notes a problem that only shows in several values together. */
    public void reject(String name, String what) {
        reader.reject(name, what);
    }

    private double parsed(String name, double present, double least, double most) {
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

    private void note(String name, Object value) {
        values.put(name.substring(PREFIX.length()).toLowerCase(Locale.ROOT), value);
    }

    private static String shown(double bound) {
        return bound == Math.rint(bound) ? String.format(Locale.ROOT, "%.0f", bound) : Double.toString(bound);
    }
}
