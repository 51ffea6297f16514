package io.switchboard.runtime;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads typed values from environment variables. A bad value is noted and replaced by its default, so that one start
 * reports every problem: callers read everything, then {@link #verify}. Confined to the starting thread.
 */
public final class SettingsReader {
    private static final String FILE = "_FILE";

    private final Map<String, String> environment;
    private final Set<String> problems = new LinkedHashSet<>();
    private final Set<String> names = new TreeSet<>();

    private SettingsReader(Map<String, String> environment) {
        this.environment = environment;
    }

    public static SettingsReader of(Map<String, String> environment) {
        return new SettingsReader(environment);
    }

    /** A value that may be missing; blank counts as missing. */
    public Optional<String> text(String name) {
        names.add(name);
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    public String text(String name, String fallback) {
        return text(name).orElse(fallback);
    }

    /** A TCP port, 0 for one that the system chooses. */
    public int port(String name, int fallback) {
        return integer(name, fallback, 0, 65_535);
    }

    public int integer(String name, int fallback, int least, int most) {
        return (int) number(name, fallback, least, most);
    }

    public long number(String name, long fallback, long least, long most) {
        var takes = "a whole number from " + least + " to " + most;
        return parsed(name, takes, Long::parseLong)
                .filter(value -> within(name, takes, value, least, most))
                .orElse(fallback);
    }

    /** A duration given as a whole number of milliseconds. */
    public Duration millis(String name, Duration fallback, Duration least, Duration most) {
        return Duration.ofMillis(number(name, fallback.toMillis(), least.toMillis(), most.toMillis()));
    }

    /** An ISO 8601 duration such as {@code PT4H}, longer than zero. */
    public Duration duration(String name, Duration fallback) {
        var takes = "a positive ISO 8601 duration such as " + fallback;
        return parsed(name, takes, SettingsReader::positiveDuration).orElse(fallback);
    }

    public boolean flag(String name, boolean fallback) {
        return parsed(name, "true or false", SettingsReader::strictBoolean).orElse(fallback);
    }

    /** One of the words given, whatever its case. */
    public String choice(String name, String fallback, List<String> words) {
        var takes = "one of " + String.join(", ", words);
        return parsed(name, takes, value -> oneOf(value, words)).orElse(fallback);
    }

    public Path path(String name, Path fallback) {
        return parsed(name, "a path", Path::of).orElse(fallback);
    }

    public Optional<URI> uri(String name) {
        return parsed(name, "a URL", URI::create);
    }

    /** A comma list; empty entries are dropped. */
    public List<String> list(String name) {
        return text(name).map(SettingsReader::split).orElse(List.of());
    }

    /** A secret: the variable itself or the content of the file that {@code NAME_FILE} names. */
    public Optional<String> secret(String name) {
        var direct = text(name);
        var file = text(name + FILE);
        if (direct.isPresent() && file.isPresent()) {
            reject(name, "given twice: set " + name + " or " + name + "_FILE, not both");
        }
        return direct.or(() -> file.flatMap(path -> content(name + FILE, path)));
    }

    public List<String> secretList(String name) {
        return secret(name).map(SettingsReader::split).orElse(List.of());
    }

    /**
     * All variables that start with a prefix, as client property names: {@code X_SECURITY_PROTOCOL → security.protocol}. One
     * that ends in {@code _FILE} names a file that holds the value.
     */
    public Map<String, String> properties(String prefix) {
        names.add(prefix + "*");
        var properties = new TreeMap<String, String>();
        for (var name : new TreeSet<>(environment.keySet())) {
            if (name.length() > prefix.length() && name.startsWith(prefix)) {
                property(name).ifPresent(value -> properties.put(propertyName(prefix, name), value));
            }
        }
        return properties;
    }

    /** Notes a problem, once however often it is met: the variable and what it takes, never its value. */
    public void reject(String name, String what) {
        problems.add(name + ": " + what);
    }

    /** The variables asked for so far; a trailing {@code *} stands for a prefix. */
    public Set<String> names() {
        return Set.copyOf(names);
    }

    /** Throws when anything was wrong. */
    public void verify() {
        if (!problems.isEmpty()) {
            throw new InvalidSettings(List.copyOf(problems));
        }
    }

    private <T> Optional<T> parsed(String name, String takes, Function<String, T> parse) {
        return text(name).flatMap(value -> {
            try {
                return Optional.of(parse.apply(value));
            } catch (IllegalArgumentException | DateTimeParseException e) {
                reject(name, "takes " + takes);
                return Optional.empty();
            }
        });
    }

    private boolean within(String name, String takes, long value, long least, long most) {
        if (value < least || value > most) {
            reject(name, "takes " + takes);
            return false;
        }
        return true;
    }

    private Optional<String> property(String name) {
        return name.endsWith(FILE) ? text(name).flatMap(path -> content(name, path)) : text(name);
    }

    private static String propertyName(String prefix, String variable) {
        var end = variable.endsWith(FILE) ? variable.length() - FILE.length() : variable.length();
        return variable.substring(prefix.length(), Math.max(prefix.length(), end))
                .toLowerCase(Locale.ROOT)
                .replace('_', '.');
    }

    private Optional<String> content(String name, String path) {
        try {
            return Optional.of(Files.readString(Path.of(path)).strip()).filter(value -> !value.isEmpty());
        } catch (IOException | IllegalArgumentException e) {
            reject(name, "takes the path of a readable file");
            return Optional.empty();
        }
    }

    private static Duration positiveDuration(String value) {
        var duration = Duration.parse(value);
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("not positive");
        }
        return duration;
    }

    private static boolean strictBoolean(String value) {
        return oneOf(value, List.of("true", "false")).equals("true");
    }

    private static String oneOf(String value, List<String> words) {
        var word = value.toLowerCase(Locale.ROOT);
        if (!words.contains(word)) {
            throw new IllegalArgumentException("not one of the words");
        }
        return word;
    }

    private static List<String> split(String value) {
        return Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
