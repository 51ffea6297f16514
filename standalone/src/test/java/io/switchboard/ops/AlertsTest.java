package io.switchboard.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.house.Markdown;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the alerts against the code, the metrics document and the runbook; promtool checks what they compute. */
class AlertsTest {
    private static final String RULES = "ops/prometheus/rules.yml";
    private static final String RULE_TESTS = "ops/prometheus/rules.test.yml";
    private static final Pattern METRIC = Pattern.compile("\\bswitchboard_[a-z0-9_]+");

    static Stream<Yaml> alerts() {
        return rules().filter(rule -> rule.has("alert"));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertLeadsToASectionOfTheRunbook(Yaml alert) {
        var link = alert.mapping("annotations").text("runbook");

        assertThat(link).startsWith("docs/runbook.md#");
        assertThat(Markdown.load("docs/runbook.md").anchors()).contains(link.substring(link.indexOf('#') + 1));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertSaysHowUrgentItIsAndWhatIsWrong(Yaml alert) {
        assertThat(alert.mapping("labels").text("severity")).isIn("page", "ticket");
        assertThat(alert.mapping("annotations").text("summary")).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertHasATestInWhichItFires(Yaml alert) {
        var fired = Yaml.load(RULE_TESTS).mappings("tests").stream()
                .flatMap(test -> test.mappings("alert_rule_test").stream())
                .filter(test -> !test.mappings("exp_alerts").isEmpty())
                .map(test -> test.text("alertname"));

        assertThat(fired).as("alerts that fire in " + RULE_TESTS).contains(alert.text("alert"));
    }

    @Test
    void rulesReadMetricsThatTheServicesDeclare() {
        var read = rules().flatMap(rule -> metrics(rule.text("expr")).stream())
                .map(AlertsTest::family)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(read).isSubsetOf(DeclaredMetrics.names());
    }

    @Test
    void everyMetricIsDocumentedUnderItsName() {
        var documented = Markdown.load("docs/metrics.md").tableKeys().stream()
                .map(key -> key.replaceAll("\\{.*", ""))
                .filter(key -> METRIC.matcher(key).matches())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(new TreeSet<>(DeclaredMetrics.names()));
    }

    @Test
    void theRunbookHasNoSectionThatNoAlertLeadsTo() {
        var reached = alerts().map(alert -> alert.mapping("annotations").text("runbook"))
                .map(link -> link.substring(link.indexOf('#') + 1))
                .collect(Collectors.toSet());
        var sections = Markdown.load("docs/runbook.md").anchorsOfLevel(3);

        assertThat(sections).containsExactlyInAnyOrderElementsOf(reached);
    }

    private static Stream<Yaml> rules() {
        return Yaml.load(RULES).mappings("groups").stream().flatMap(group -> group.mappings("rules").stream());
    }

    private static Set<String> metrics(String expression) {
        return METRIC.matcher(expression).results().map(found -> found.group()).collect(Collectors.toSet());
    }

    /** The family that a sample belongs to. */
    private static String family(String sample) {
        for (var suffix : List.of("_bucket", "_count", "_sum", "_max")) {
            if (sample.endsWith(suffix)
                    && DeclaredMetrics.names().contains(Objects.requireNonNull(cut(sample, suffix)))) {
                return cut(sample, suffix);
            }
        }
        return sample;
    }

    private static String cut(String text, String suffix) {
        return text.substring(0, text.length() - suffix.length());
    }
}
