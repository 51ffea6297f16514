package io.switchboard.projector.api;

import static io.switchboard.projector.api.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.standalone.infrastructure.Infrastructure;
import io.switchboard.standalone.infrastructure.RealInfrastructure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports over a small day whose numbers were worked out by hand. */
@ExtendWith(RealInfrastructure.class)
class ReportsIT {
    private static final String SUMMARY = "/v1/metrics/summary?";
    private static final String SERIES = "/v1/metrics/timeseries?";
    private static final String HEAT = "/v1/metrics/heatmap?";
    private static final String THE_NINTH = "from=2026-03-09&to=2026-03-10";
    private static final String DAY = THE_NINTH + "&min_samples=1&exact=true";
    private static final String MAIN = "+12025550143";
    private static final String SECOND = ReportDays.SECOND;

    private static ApiUnderTest api;

    @BeforeAll
    static void start(Infrastructure infrastructure) {
        api = new ApiUnderTest(infrastructure);
        api.empty();
        ReportDays.ninthOfMarch(api);
        ReportDays.newYorkAutumn(api);
        call("before")
                .with("wait_seconds", 2.0)
                .startedAt("2026-03-08T23:59:59Z")
                .insert(api);
        call("long-before").startedAt("2026-03-07T23:59:59Z").insert(api);
        ReportDays.inbound("there", "answered", 1.0, 7.0)
                .with("account", "west")
                .startedAt("2026-02-09T17:00:00Z")
                .legs("102")
                .insert(api);
        call("here").startedAt("2026-02-09T17:00:00Z").legs("102").insert(api);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void theSummaryIsWhatWasWorkedOutByHand() {
        var summary = get(SUMMARY + DAY);

        assertThat(summary.path("range"))
                .hasToString(
                        "{\"from\":\"2026-03-09T00:00:00Z\",\"to\":\"2026-03-10T00:00:00Z\",\"tz\":\"UTC\",\"seconds\":86400}");
        assertThat(summary.path("calls").asInt()).isEqualTo(13);
        assertThat(summary.path("by_direction"))
                .hasToString("{\"inbound\":10,\"outbound\":2,\"callback\":1,\"unknown\":0}");
        assertThat(summary.path("outcomes"))
                .hasToString(
                        "{\"open\":1,\"answered\":6,\"missed\":2,\"voicemail\":1,\"dropped\":1,\"unanswered\":1,\"unknown\":1}");
        assertThat(summary.path("answer_rate")).hasToString("{\"value\":0.4444,\"numerator\":4,\"denominator\":9}");
        assertThat(summary.path("lost_rate")).hasToString("{\"value\":0.4444,\"numerator\":4,\"denominator\":9}");
        assertThat(summary.path("connect_rate")).hasToString("{\"value\":0.6667,\"numerator\":2,\"denominator\":3}");
        assertThat(summary.path("recording_coverage"))
                .hasToString("{\"value\":0.1667,\"numerator\":1,\"denominator\":6}");
        assertThat(summary.path("time_to_answer"))
                .hasToString("{\"n\":3,\"mean_seconds\":15.0,\"p50_seconds\":15.0,\"p90_seconds\":23.0,"
                        + "\"p95_seconds\":24.0,\"sum_seconds\":45.0}");
        assertThat(summary.path("abandoned_wait"))
                .hasToString("{\"n\":3,\"mean_seconds\":15.0,\"p50_seconds\":12.0,\"p90_seconds\":26.4,"
                        + "\"p95_seconds\":28.2,\"sum_seconds\":45.0}");
        assertThat(summary.path("talk_time"))
                .hasToString("{\"n\":6,\"mean_seconds\":47.5,\"p50_seconds\":37.5,\"p90_seconds\":90.0,"
                        + "\"p95_seconds\":105.0,\"sum_seconds\":285.0}");
        assertThat(summary.path("computed_from").asText()).isEqualTo("rows");
        assertThat(summary.path("min_samples").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "formula=answered_only, answered_only, 0.6667, 2, 3",
        "formula=offered, offered, 0.3333, 2, 6",
        "formula=offered_minus_short, offered_minus_short, 0.4, 2, 5",
        "formula=answered_plus_late_lost, answered_plus_late_lost, 0.5, 2, 4",
        "direction=inbound, offered_minus_short, 0.4, 2, 5",
        "threshold_seconds=25, offered_minus_short, 0.6, 3, 5",
        "threshold_seconds=24, offered_minus_short, 0.4, 2, 5",
        "short_abandon_seconds=2, offered_minus_short, 0.3333, 2, 6",
        "short_abandon_seconds=12, offered_minus_short, 0.5, 2, 4",
    })
    void everyFormulaIsNamedWithWhatItIsMadeOf(String asked, String formula, double value, int numerator, int held) {
        var level = get(SUMMARY + DAY + "&" + asked).path("service_level");

        assertThat(level.path("formula").asText()).isEqualTo(formula);
        assertThat(level.path("value").asDouble()).isEqualTo(value);
        assertThat(level.path("numerator").asInt()).isEqualTo(numerator);
        assertThat(level.path("denominator").asInt()).isEqualTo(held);
        assertThat(level.path("coverage").asDouble()).isEqualTo(0.6667);
    }

    @Test
    void whatCannotBeHeldAgainstAnythingIsNull() {
        var nothing = get(SUMMARY + "from=2020-01-01&to=2020-01-02");

        assertThat(nothing.path("calls").asInt()).isZero();
        for (var member : List.of("answer_rate", "lost_rate", "connect_rate", "service_level", "recording_coverage")) {
            assertThat(nothing.path(member).path("value").isNull()).as(member).isTrue();
        }
        assertThat(nothing.path("service_level").path("coverage").isNull()).isTrue();
        assertThat(nothing.path("talk_time"))
                .hasToString("{\"n\":0,\"mean_seconds\":null,\"p50_seconds\":null,\"p90_seconds\":null,"
                        + "\"p95_seconds\":null,\"sum_seconds\":0.0}");
        assertThat(get(SUMMARY + DAY + "&direction=outbound")
                        .path("service_level")
                        .path("value")
                        .isNull())
                .isTrue();
    }

    @Test
    void ofFewDurationsNoPercentileIsShown() {
        var usual = get(SUMMARY + THE_NINTH).path("talk_time");

        assertThat(usual)
                .hasToString("{\"n\":6,\"mean_seconds\":47.5,\"p50_seconds\":null,\"p90_seconds\":null,"
                        + "\"p95_seconds\":null,\"sum_seconds\":285.0}");
        assertThat(get(SUMMARY + THE_NINTH + "&min_samples=6&exact=true")
                        .at("/talk_time/p50_seconds")
                        .asDouble())
                .isEqualTo(37.5);
        assertThat(get(SUMMARY + THE_NINTH + "&min_samples=7")
                        .at("/talk_time/p50_seconds")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "direction=internal, 1",
        "direction=inbound&direction=internal, 11",
        "outcome=missed&outcome=voicemail, 3",
        "outcome=unknown, 1",
        "number=%2B12025550144, 3",
        "extension=101, 3",
        "extension=101&extension=102, 4",
        "extension=103, 0",
        "min_talk_seconds=45, 3",
        "has_recording=true, 1",
        "source=poll, 0",
        "client=5550117, 13",
        "client=5550118, 0",
        "from=2026-03-09T17:00:00.515Z&to=2026-03-10, 0",
        "from=2026-03-09T17:00:00.514Z&to=2026-03-10, 13",
        "from=2026-03-09&to=2026-03-09T17:00:00.514Z, 0",
        "from=2026-03-09T13:00:00.514-04:00&to=2026-03-09T17:00:00.515%2B00:00, 13",
    })
    void filtersNarrowWhatIsCounted(String filter, int calls) {
        var query = filter.startsWith("from") ? filter : DAY + "&" + filter;
        var summary = get(SUMMARY + query);

        assertThat(summary.path("calls").asInt()).isEqualTo(calls);
        followLinks(summary);
        assertThat(get(SERIES + query).at("/buckets/0/calls").asInt()).isEqualTo(calls);
    }

    @Test
    void groupsHaveTheSameFiguresAndTheirOwnLinks() {
        var byNumber = get(SUMMARY + DAY + "&group_by=number").path("groups");
        var byDirection = get(SUMMARY + DAY + "&group_by=direction").path("groups");

        assertThat(each(byNumber, "number")).containsExactly(MAIN, SECOND, "null");
        assertThat(each(byNumber, "calls")).containsExactly("9", "3", "1");
        assertThat(byNumber.path(0).path("answer_rate"))
                .hasToString("{\"value\":0.5,\"numerator\":4,\"denominator\":8}");
        assertThat(byNumber.path(1).path("by_direction"))
                .hasToString("{\"inbound\":0,\"outbound\":2,\"callback\":1,\"unknown\":0}");
        assertThat(byNumber.path(1).path("talk_time").path("mean_seconds").asDouble())
                .isEqualTo(32.5);
        assertThat(byNumber.path(2).at("/links/calls").isNull()).isTrue();
        assertThat(each(byDirection, "direction")).containsExactly("inbound", "outbound", "callback");
        assertThat(byDirection.path(0).path("service_level").path("value").asDouble())
                .isEqualTo(0.4);
        byNumber.forEach(this::followLinks);
        byDirection.forEach(this::followLinks);
    }

    @Test
    void theSummaryIsHeldAgainstThePeriodBefore() {
        var previous = get(SUMMARY + DAY + "&compare=previous&group_by=number").path("previous");

        assertThat(previous.at("/range/from").asText()).isEqualTo("2026-03-08T00:00:00Z");
        assertThat(previous.path("calls").asInt()).isEqualTo(1);
        assertThat(previous.path("service_level").path("value").asDouble()).isEqualTo(1);
        assertThat(previous.path("groups")).hasSize(1);
        followLinks(previous);
        var inNewYork = get(SUMMARY + "from=2026-03-09&to=2026-03-10&compare=previous&tz=America/New_York");
        assertThat(inNewYork.at("/previous/range"))
                .hasToString("{\"from\":\"2026-03-08T00:00:00-05:00\",\"to\":\"2026-03-09T00:00:00-04:00\","
                        + "\"tz\":\"America/New_York\",\"seconds\":82800}");
    }

    @Test
    void daysAreThoseOfTheZone() {
        var days = get(SERIES + "from=2026-10-31&to=2026-11-03&tz=America/New_York")
                .path("buckets");
        var hours = get(SERIES + "from=2026-11-01&to=2026-11-02&tz=America/New_York&interval=hour")
                .path("buckets");

        assertThat(each(days, "start"))
                .containsExactly("2026-10-31T00:00:00-04:00", "2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00");
        assertThat(each(days, "seconds")).containsExactly("86400", "90000", "86400");
        assertThat(each(days, "calls")).containsExactly("1", "4", "1");
        days.forEach(this::followLinks);
        assertThat(hours).hasSize(25);
        assertThat(hours.path(1).path("start").asText()).isEqualTo("2026-11-01T01:00:00-04:00");
        assertThat(hours.path(2).path("start").asText()).isEqualTo("2026-11-01T01:00:00-05:00");
        assertThat(each(hours, "calls").subList(0, 4)).containsExactly("1", "1", "1", "0");
        assertThat(get(SERIES + "from=2026-10-31&to=2026-11-03")
                        .path("buckets")
                        .path(1)
                        .path("calls")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void aSeriesHasItsGroups() {
        var series = get(SERIES + "from=2026-03-08&to=2026-03-10&group_by=number");

        assertThat(series.path("buckets")).hasSize(2);
        assertThat(each(series.path("groups"), "number")).containsExactly(MAIN, SECOND, "null");
        assertThat(each(series.path("groups").path(1).path("buckets"), "calls")).containsExactly("0", "3");
        assertThat(series.path("groups_left_out").asInt()).isZero();
        series.path("groups").forEach(group -> group.path("buckets").forEach(this::followLinks));
    }

    @Test
    void theHeatMapHoldsCountsAgainstHowOftenAnHourWasThere() {
        var autumn = get(HEAT + "from=2026-11-01&to=2026-11-08&tz=America/New_York&week_start=sunday");
        var spring =
                get(HEAT + "from=2026-03-01&to=2026-03-15&tz=America/New_York").path("cells");

        assertThat(autumn.path("cells")).hasSize(168);
        assertThat(cell(autumn, 1)).isEqualTo("sunday 1: 2 in 2.0 = 1.0");
        assertThat(cell(autumn, 0)).isEqualTo("sunday 0: 1 in 1.0 = 1.0");
        assertThat(cell(autumn, 24)).isEqualTo("monday 0: 1 in 1.0 = 1.0");
        assertThat(count(autumn.path("links").path("calls").asText())).isEqualTo(5);
        var monday = spring.path(13);
        assertThat(monday.path("calls").asInt()).isEqualTo(13);
        assertThat(monday.path("calls_per_occurrence").asDouble()).isEqualTo(6.5);
        assertThat(monday.path("answer_rate").path("denominator").asInt()).isEqualTo(9);
        assertThat(monday.path("service_level").path("value").asDouble()).isEqualTo(0.4);
        assertThat(spring.path(6 * 24 + 2).path("occurrences").asDouble()).isEqualTo(1.0);
    }

    @Test
    void anHourThatWasNotThereHasNoRate() {
        var cells =
                get(HEAT + "from=2026-03-08&to=2026-03-09&tz=America/New_York").path("cells");
        var gone = cells.path(6 * 24 + 2);

        assertThat(gone.path("occurrences").asDouble()).isZero();
        assertThat(gone.path("calls_per_occurrence").isNull()).isTrue();
    }

    @Test
    void anAccountSeesItsOwnCallsAlone() {
        var day = "from=2026-02-09&to=2026-02-10";

        assertThat(get(SUMMARY + day).path("calls").asInt()).isEqualTo(2);
        assertThat(get(SUMMARY + day + "&extension=102").path("calls").asInt()).isEqualTo(2);
        assertThat(each(get(SERIES + day).path("buckets"), "calls")).containsExactly("2");
        for (var filter : List.of("", "&extension=102", "&group_by=number", "&client=0117", "&exact=true")) {
            var west = api.get(SUMMARY + day + filter, "west").json();
            assertThat(west.path("calls").asInt()).as(filter).isEqualTo(1);
            assertThat(west.at("/talk_time/sum_seconds").asDouble()).isEqualTo(7.0);
        }
        assertThat(api.get(SUMMARY + DAY, "west").json().path("calls").asInt()).isZero();
        assertThat(each(api.get(SERIES + day, "west").json().path("buckets"), "calls"))
                .containsExactly("1");
        assertThat(api.get(HEAT + day, "west")
                        .json()
                        .path("cells")
                        .path(17)
                        .path("calls")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aClientIsNotLookedForByRolesThatSeeMaskedNumbers() {
        for (var report : List.of(SUMMARY, SERIES, HEAT)) {
            var path = report + THE_NINTH + "&client=5550117";
            assertThat(api.get(path, "v").status()).isEqualTo(403);
            assertThat(api.get(path, "o").status()).isEqualTo(403);
            assertThat(api.get(path, "s").status()).isEqualTo(200);
        }
    }

    @Test
    void withoutARangeItIsTheLastSevenDaysUpToNow() {
        api.now = Instant.parse("2026-03-10T12:00:59Z");
        var range = get(SUMMARY).path("range");

        assertThat(range.path("from").asText()).isEqualTo("2026-03-04T00:00:00Z");
        assertThat(range.path("to").asText()).isEqualTo("2026-03-10T12:00:00Z");
        assertThat(get(SUMMARY + "from=2026-03-09").at("/range/to").asText()).isEqualTo("2026-03-10T12:00:00Z");
        assertThat(get(SUMMARY + "to=2026-03-09").at("/range/from").asText()).isEqualTo("2026-03-02T00:00:00Z");
        api.now = ApiUnderTest.NOW;
        assertThat(get(SERIES + "tz=Asia/Kolkata").path("buckets")).hasSize(7);
    }

    @Test
    void anAnswerIsDatedAndKnownAgain() {
        api.sql("insert into projection_position (topic, partition, next_offset, last_received_at)"
                + " values ('mightycall.calls', 0, 1, '2026-03-10T11:59:00Z')");

        var first = api.get(SUMMARY + DAY, "v");

        assertThat(first.header("Switchboard-As-Of")).isEqualTo("2026-03-10T11:59:00Z");
        assertThat(api.get(SUMMARY + DAY, "v", "If-None-Match", first.header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    /** Each link of an object lists as many calls as the figure beside it says. */
    private void followLinks(JsonNode figures) {
        var links = figures.path("links");
        if (!links.path("calls").isNull()) {
            assertThat(count(links.path("calls").asText()))
                    .isEqualTo(figures.path("calls").asInt());
        }
        var outcomes = figures.path("outcomes");
        if (!links.path("answered").isNull()) {
            assertThat(count(links.path("answered").asText()))
                    .isEqualTo(outcomes.path("answered").asInt());
        }
        if (!links.path("lost").isNull()) {
            assertThat(count(links.path("lost").asText()))
                    .isEqualTo(outcomes.path("missed").asInt()
                            + outcomes.path("voicemail").asInt()
                            + outcomes.path("dropped").asInt());
        }
    }

    private static int count(String link) {
        return api.get(link + "&limit=200", "s").json().path("data").size();
    }

    private static String cell(JsonNode map, int place) {
        var cell = map.path("cells").path(place);
        return "%s %s: %s in %s = %s"
                .formatted(
                        cell.path("weekday").asText(),
                        cell.path("hour").asText(),
                        cell.path("calls").asText(),
                        cell.path("occurrences").asText(),
                        cell.path("calls_per_occurrence").asText());
    }

    private static JsonNode get(String path) {
        var reply = api.get(path, "s");
        assertThat(reply.status()).as("%s %s", path, reply.response().body()).isEqualTo(200);
        return reply.json();
    }

    private static List<String> each(JsonNode items, String member) {
        var values = new ArrayList<String>();
        items.forEach(item -> values.add(item.path(member).asText()));
        return values;
    }
}
