package io.switchboard.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.switchboard.kafka.KafkaSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsReaderTest {
    @TempDir
    Path folder;

    @Test
    void readsEveryKindOfValue() {
        var reader = SettingsReader.of(Map.ofEntries(
                Map.entry("TEXT", "  word "),
                Map.entry("PORT", "65535"),
                Map.entry("NUMBER", "9000000000"),
                Map.entry("MILLIS", "250"),
                Map.entry("DURATION", "PT4H"),
                Map.entry("FLAG", "TRUE"),
                Map.entry("CHOICE", "Json"),
                Map.entry("PATH", "a/b"),
                Map.entry("URL", "https://x.example/v4"),
                Map.entry("LIST", "a, b,,c ")));

        assertThat(reader.text("TEXT")).contains("word");
        assertThat(reader.port("PORT", 1)).isEqualTo(65_535);
        assertThat(reader.number("NUMBER", 1, 0, Long.MAX_VALUE)).isEqualTo(9_000_000_000L);
        assertThat(reader.millis("MILLIS", Duration.ofMillis(1), Duration.ZERO, Duration.ofSeconds(1)))
                .hasMillis(250);
        assertThat(reader.duration("DURATION", Duration.ofHours(1))).hasHours(4);
        assertThat(reader.flag("FLAG", false)).isTrue();
        assertThat(reader.choice("CHOICE", "text", List.of("text", "json"))).isEqualTo("json");
        assertThat(reader.path("PATH", Path.of("c"))).isEqualTo(Path.of("a", "b"));
        assertThat(reader.uri("URL")).contains(URI.create("https://x.example/v4"));
        assertThat(reader.list("LIST")).containsExactly("a", "b", "c");
        reader.verify();
    }

    @Test
    void blankCountsAsMissing() {
        var reader = SettingsReader.of(Map.of("PORT", "  ", "TEXT", ""));

        assertThat(reader.port("PORT", 8080)).isEqualTo(8080);
        assertThat(reader.text("TEXT", "fallback")).isEqualTo("fallback");
        reader.verify();
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                bad("a port that is none", "70000", r -> r.port("X", 1), "X: takes a whole number from 0 to 65535"),
                bad(
                        "a number with a fraction",
                        "1.5",
                        r -> r.integer("X", 1, 0, 9),
                        "X: takes a whole number from 0 to 9"),
                bad(
                        "a number beyond a long",
                        "99999999999999999999",
                        r -> r.number("X", 1, 0, 9),
                        "X: takes a whole number from 0 to 9"),
                bad(
                        "an unreadable duration",
                        "4h",
                        r -> r.duration("X", Duration.ofHours(4)),
                        "X: takes a positive ISO 8601 duration such as PT4H"),
                bad(
                        "a duration of nothing",
                        "PT0S",
                        r -> r.duration("X", Duration.ofHours(4)),
                        "X: takes a positive ISO 8601 duration such as PT4H"),
                bad(
                        "a duration beyond the type",
                        "PT999999999999999999H",
                        r -> r.duration("X", Duration.ofHours(4)),
                        "X: takes a positive ISO 8601 duration such as PT4H"),
                bad("yes for a flag", "yes", r -> r.flag("X", false), "X: takes true or false"),
                bad(
                        "an unknown word",
                        "xml",
                        r -> r.choice("X", "text", List.of("text", "json")),
                        "X: takes one of text, json"),
                bad("a path with NUL", "a\0b", r -> r.path("X", Path.of("a")), "X: takes a path"),
                bad("a URL with blanks", "http://a b", r -> r.uri("X"), "X: takes a URL"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badValues")
    void aBadValueIsNamedWithWhatItTakes(
            String name, String value, Function<SettingsReader, Object> read, String problem) {
        var reader = SettingsReader.of(Map.of("X", value));

        ask(read.apply(reader));

        assertThatThrownBy(reader::verify).isInstanceOf(InvalidSettings.class).hasMessage(problem);
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        var reader = SettingsReader.of(Map.of("A", "x", "B", "y", "C", "z"));

        ask(reader.port("A", 1));
        ask(reader.flag("B", true));
        ask(reader.duration("C", Duration.ofHours(1)));

        var failure = catchThrowableOfType(InvalidSettings.class, reader::verify);
        assertThat(failure.problems()).hasSize(3);
    }

    @Test
    void aSecretComesFromItsVariableOrFromAFile() throws IOException {
        var file = Files.writeString(folder.resolve("key"), "from-file\n");
        var reader = SettingsReader.of(Map.of("DIRECT", "from-variable", "FILED_FILE", file.toString()));

        assertThat(reader.secret("DIRECT")).contains("from-variable");
        assertThat(reader.secret("FILED")).contains("from-file");
        assertThat(reader.secret("ABSENT")).isEmpty();
        reader.verify();
    }

    @Test
    void aSecretGivenTwiceOrInAnUnreadableFileIsReportedWithoutIt() {
        var reader = SettingsReader.of(Map.of(
                "KEY",
                "hush-hush",
                "KEY_FILE",
                "/hush-hush",
                "OTHER_FILE",
                folder.resolve("hush-hush").toString()));

        ask(reader.secret("KEY"));
        ask(reader.secret("OTHER"));

        var failure = catchThrowableOfType(InvalidSettings.class, reader::verify);
        assertThat(failure.problems())
                .containsExactly(
                        "KEY: given twice: set KEY or KEY_FILE, not both",
                        "OTHER_FILE: takes the path of a readable file");
        assertThat(failure).message().doesNotContain("hush");
    }

    @Test
    void noProblemRepeatsTheValue() {
        var reader = SettingsReader.of(Map.of("A", "s3cret", "B", "s3cret", "C", "s3cret"));

        ask(reader.port("A", 1));
        ask(reader.flag("B", true));
        ask(reader.duration("C", Duration.ofHours(1)));

        assertThatThrownBy(reader::verify).message().doesNotContain("s3cret");
    }

    @Test
    void prefixedVariablesBecomeClientPropertiesAlsoFromFiles() throws IOException {
        var file = Files.writeString(folder.resolve("jaas"), "secret-jaas;\n");
        var settings = KafkaSettings.of(SettingsReader.of(Map.of(
                "KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL", "KAFKA_CLIENT_SASL_JAAS_CONFIG_FILE", file.toString())));

        assertThat(settings.clientProperties())
                .containsOnly(
                        Map.entry("security.protocol", "SASL_SSL"), Map.entry("sasl.jaas.config", "secret-jaas;"));
        assertThat(settings.toString()).doesNotContain("secret-jaas");
    }

    @Test
    void knowsWhichVariablesWereAskedFor() {
        var reader = SettingsReader.of(Map.of());

        ask(reader.port("A_PORT", 1));
        ask(reader.secret("KEY"));
        ask(reader.properties("KAFKA_CLIENT_"));

        assertThat(reader.names()).containsExactlyInAnyOrder("A_PORT", "KEY", "KEY_FILE", "KAFKA_CLIENT_*");
    }

    /** Reads for the sake of what is noted. */
    private static void ask(Object read) {
        assertThat(read).isNotNull();
    }

    private static Arguments bad(String name, String value, Function<SettingsReader, Object> read, String problem) {
        return Arguments.of(name, value, read, problem);
    }
}
