package io.switchboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.switchboard.runtime.InvalidSettings;
import io.switchboard.runtime.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The switches of the REST API, and what the documentation says of all variables. */
class ApiSettingsTest {
    /** Every position but the one that is the default. */
    private static final String OTHER_POSITIONS = """
            TEXTS_PER_MINUTE        | 2.5
            CONTACT_EDITS_PER_HOUR  | 7.5
            API_MESSAGES_PER_MINUTE | 3
            API_MESSAGES            | errors forbidden
            API_CONTACT_CENTER      | granted
            CALL_RECORD_DELAY_MS    | 17
            RECORDING_DELAY_MS      | 18
            API_CALLS_ORDER         | oldest-first
            API_VOICEMAILS_ORDER    | oldest-first
            API_JOURNAL_ORDER       | oldest-first
            API_BOUNDS              | start end neither
            API_WINDOW_ON           | end
            API_CALLS_OF            | user
            API_CALLS_IN_PROGRESS   | on
            API_JOURNAL_ENVELOPE    | data array
            API_CALL_ENVELOPE       | bare
            API_TEAM_ENVELOPE       | data
            API_CASING              | pascal camel upper
            API_FRACTION_DIGITS     | 3
            API_TRIM_ZEROS          | off
            API_OFFSET              | z +00:00 none
            API_NULLS               | null missing
            API_REQUEST_GUID        | zero own
            API_UNANSWERED          | null canceled no-answer dropped
            API_CALLBACK_DIRECTION  | incoming callback internal
            API_INTERNAL_DIRECTION  | incoming callback internal
            API_VOICEMAIL_DURATION  | ms
            API_STATUS_WORDS        | busy
            TOKEN_SECONDS           | 60
            API_EXPIRES_IN          | true absent
            API_TOKEN_JSON          | on
            API_REFRESH             | revokes
            API_PARALLEL_TOKENS     | latest-only
            API_KEY_HEADER          | optional
            DAILY_REQUESTS          | 10
            API_WINDOW_SECONDS      | 90
            API_WINDOW_ANCHOR       | midnight 07:30
            API_COUNT_TOKENS        | off
            API_LIMIT_ANSWER        | 403 400 200
            MEDIA_AUTH              | bearer
            MEDIA_LINK_SECONDS      | 30
            MEDIA_SPACES            | off
            MEDIA_SECONDS           | 4
            MEDIA_TYPE              | x-wav octet-stream
            API_DOWN                | on
            API_LATENCY_MS          | 19
            API_BUSY_PROBABILITY    | 0.1
            API_ERROR_PROBABILITY   | 0.2
            API_ERROR_BURST         | 5
            API_HANG_PROBABILITY    | 0.3
            API_HANG_MS             | 20
            API_RESET_PROBABILITY   | 0.4
            API_CUT_PROBABILITY     | 0.5
            API_SHIFT_PROBABILITY   | 0.6
            API_DRIFT_PROBABILITY   | 0.7
            """;

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:`SIMULATOR_[A-Z_]+`(?:, )?)+) \\| ([^|]*) \\|");
    private static final Pattern NAME = Pattern.compile("`([A-Z_]+)`");
    private static final Pattern VALUE = Pattern.compile("`([^`]*)`");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = OTHER_POSITIONS)
    void everySwitchIsReadAndTurnsNothingElse(String variable, String positions) {
        for (var position : positions.split(" ")) {
            var expected = new TreeMap<>(LiveSettings.STANDARD.values());
            var member = variable.toLowerCase(Locale.ROOT);
            assertThat(expected).containsKey(member);
            assertThat(expected.get(member)).asString().isNotEqualTo(position);

            var live = SimulatorSettings.of(Map.of("SIMULATOR_" + variable, position))
                    .live();

            var found = new TreeMap<>(live.values());
            assertThat(found.remove(member)).asString().isEqualTo(position);
            expected.remove(member);
            assertThat(found).isEqualTo(expected);
            assertThat(SettingsChange.apply(Map.of(member, position), LiveSettings.STANDARD))
                    .isEqualTo(live);
        }
    }

    @Test
    void theAccountsOwnVariablesAreRead() {
        var settings = SimulatorSettings.of(Map.of(
                "SIMULATOR_USER_KEY", "secret",
                "SIMULATOR_PUBLIC_URL", "https://sim.example.com/base/",
                "SIMULATOR_HISTORY_TEXTS", "7",
                "SIMULATOR_CONTACTS", "8"));

        assertThat(settings.userKey()).isEqualTo("secret");
        assertThat(settings.publicUrl()).hasValue("https://sim.example.com/base");
        assertThat(settings.historyTexts()).isEqualTo(7);
        assertThat(settings.contacts()).isEqualTo(8);
        assertThat(SimulatorSettings.of(Map.of()).userKey()).isEqualTo("simulated-user-key");
        assertThat(SimulatorSettings.of(Map.of()).publicUrl()).isEmpty();
    }

    @Test
    void problemsSayWhatAVariableTakes() {
        var invalid = catchThrowableOfType(
                InvalidSettings.class,
                () -> SimulatorSettings.of(Map.of(
                        "SIMULATOR_API_WINDOW_ANCHOR", "noon",
                        "SIMULATOR_PUBLIC_URL", "here",
                        "SIMULATOR_API_LIMIT_ANSWER", "500")));

        assertThat(invalid.problems())
                .containsExactlyInAnyOrder(
                        "SIMULATOR_API_WINDOW_ANCHOR: takes first-request, midnight, or a time of day in UTC such as 07:30",
                        "SIMULATOR_PUBLIC_URL: takes an http or https URL",
                        "SIMULATOR_API_LIMIT_ANSWER: takes one of 403, 429, 400, 200");
    }

    @Test
    void theDocumentNamesEveryVariableAndNoOther() throws IOException {
        var reader = SettingsReader.of(Map.of());
        var unused = SimulatorSettings.of(reader);
        var read = new TreeSet<String>();
        reader.names().stream()
                .filter(name -> name.startsWith("SIMULATOR_") && !name.endsWith("_FILE"))
                .forEach(read::add);

        assertThat(new TreeSet<>(documented().keySet())).isEqualTo(read);
    }

    @Test
    void theDocumentNamesTheTrueDefaults() throws IOException {
        var documented = documented();
        LiveSettings.STANDARD.values().forEach((member, value) -> {
            var name = "SIMULATOR_" + member.toUpperCase(Locale.ROOT);
            assertThat(documented.get(name)).as(name).isEqualToIgnoringCase(plain(value));
        });
    }

    private static String plain(Object value) {
        return value instanceof Double number && number == Math.rint(number)
                ? Long.toString(Math.round(number))
                : String.valueOf(value);
    }

    /** Variable → default, as the tables say. */
    private static Map<String, String> documented() throws IOException {
        var text = Files.readString(Path.of("..", "docs", "simulator.md"));
        var found = new LinkedHashMap<String, String>();
        ROW.matcher(text).results().forEach(row -> {
            var names = NAME.matcher(row.group(1))
                    .results()
                    .map(name -> name.group(1))
                    .toList();
            var values = VALUE.matcher(row.group(2))
                    .results()
                    .map(value -> value.group(1))
                    .toList();
            for (int i = 0; i < names.size(); i++) {
                found.put(names.get(i), i < values.size() ? values.get(i) : row.group(2));
            }
        });
        return found;
    }
}
