package io.switchboard.projector.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.projector.api.access.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reports refuse, and that it is named: asked over HTTP while the database is away, which is a 503 for what is right. */
class ReportRefusalsTest {
    private static final String SUMMARY = "/v1/metrics/summary?";
    private static final String SERIES = "/v1/metrics/timeseries?";
    private static final String HEAT = "/v1/metrics/heatmap?";

    private static DocumentedApi api;

    @BeforeAll
    static void start() throws IOException {
        api = new DocumentedApi();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday, from",
        "from=2026-02-30, from",
        "from=2026-03-09T00:00:00, from",
        "from=1989-12-31, from",
        "from=9999-01-01, from",
        "from=2900-01-01, from",
        "to=, to",
        "to=3000-01-01, to",
        "from=2026-03-10&to=2026-03-10, to",
        "from=2026-03-10&to=2026-03-09, to",
        "from=2025-01-01&to=2026-03-01, to",
        "from=2020-01-01, from",
        "from=2026-03-09&from=2026-03-08, from",
        "tz=Mars/Olympus, tz",
        "tz=EST5PDT6, tz",
        "tz=%2B02:00, tz",
        "direction=sideways, direction",
        "state=ended, state",
        "outcome=lost, outcome",
        "number=abc, number",
        "extension=%20%20, extension",
        "min_talk_seconds=-1, min_talk_seconds",
        "has_recording=maybe, has_recording",
        "source=carrier_pigeon, source",
        "formula=mine, formula",
        "threshold_seconds=0, threshold_seconds",
        "threshold_seconds=3601, threshold_seconds",
        "threshold_seconds=20.5, threshold_seconds",
        "threshold_seconds=99999999999999999999, threshold_seconds",
        "short_abandon_seconds=-1, short_abandon_seconds",
        "short_abandon_seconds=601, short_abandon_seconds",
        "exact=1, exact",
        "limit=5, limit",
        "started_after=2026-03-09T00:00:00Z, started_after",
        "include=everything, include",
    })
    void badParametersAreNamed(String query, String parameter) throws IOException {
        for (var report : List.of(SUMMARY, SERIES, HEAT)) {
            assertRefused(report + query, parameter);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/metrics/summary?group_by=agent, group_by",
        "/v1/metrics/summary?compare=next, compare",
        "/v1/metrics/summary?min_samples=0, min_samples",
        "/v1/metrics/summary?interval=day, interval",
        "/v1/metrics/timeseries?interval=year, interval",
        "/v1/metrics/timeseries?compare=previous, compare",
        "/v1/metrics/timeseries?week_start=friday, week_start",
        "/v1/metrics/timeseries?interval=hour&from=2026-01-01&to=2026-04-05, interval",
        "/v1/metrics/timeseries?interval=15m&from=2026-01-01&to=2026-01-16, interval",
        "/v1/metrics/timeseries?interval=hour&from=2026-01-01&to=2026-02-01&group_by=number, group_by",
        "/v1/metrics/heatmap?from=2026-01-01&to=2026-04-05, to",
        "/v1/metrics/heatmap?group_by=number, group_by",
    })
    void whatAReportDoesNotTakeIsNamed(String path, String parameter) throws IOException {
        assertRefused(path, parameter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SUMMARY,
                SUMMARY + "from=2026-03-09&to=2026-03-10&group_by=number&compare=previous&formula=offered",
                SUMMARY + "from=2025-02-01&to=2026-03-08&tz=Australia/Lord_Howe",
                SERIES + "interval=hour&from=2026-01-01&to=2026-04-04&tz=Europe/London",
                SERIES + "interval=15m&from=2026-03-01&to=2026-03-15&tz=America/New_York",
                SERIES + "interval=month&week_start=sunday&group_by=direction&from=2026-01-01&to=2026-12-31",
                HEAT + "from=2026-01-01&to=2026-04-04"
            })
    void whatIsRightIsNotRefused(String path) {
        assertThat(ask(path, Role.VIEWER)).isEqualTo(503);
    }

    private static int ask(String path, Role role) {
        return api.get(path, DocumentedApi.token(role)).statusCode();
    }

    private static void assertRefused(String path, String parameter) throws IOException {
        var answer = api.get(path, DocumentedApi.token(Role.SUPERVISOR));
        assertThat(answer.statusCode()).as(path).isEqualTo(400);
        var named = new ArrayList<String>();
        DocumentedApi.body(answer)
                .path("errors")
                .forEach(error -> named.add(error.path("parameter").asText()));
        assertThat(named).as(path).isEqualTo(List.of(parameter));
    }
}
