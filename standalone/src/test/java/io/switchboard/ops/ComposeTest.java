package io.switchboard.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.house.Markdown;
import io.switchboard.house.Repository;
import io.switchboard.runtime.SettingsReader;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds docker-compose.yml, the container files and prometheus.yml against the settings classes. */
class ComposeTest {
    private static final String COMPOSE = "docker-compose.yml";
    private static final String SAMPLE = "0123456789abcdef0123456789abcdef";

    /** What .env would say. */
    private static final Map<String, String> ENV =
            Map.of("POSTGRES_PASSWORD", SAMPLE, "WEBHOOK_TOKENS", SAMPLE, "API_TOKENS", SAMPLE + "=platform_admin");

    /** Variables with which one may also set something else than one of our services. */
    private static final List<String> OF_OTHERS = List.of("POSTGRES_PASSWORD", "PROMETHEUS_PORT");

    private final Yaml compose = Yaml.load(COMPOSE);

    static List<ServicePorts> services() {
        return ServicePorts.ALL;
    }

    static Stream<String> names() {
        return Yaml.load(COMPOSE).mapping("services").keys().stream();
    }

    @Test
    void everyServiceThatIsBuiltHereIsHeldAgainstItsSettings() {
        var built = compose.mapping("services").keys().stream()
                .filter(name -> service(name).has("build"))
                .toList();

        assertThat(built)
                .containsExactlyInAnyOrderElementsOf(
                        ServicePorts.ALL.stream().map(ServicePorts::name).toList());
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceKnowsEveryVariableItIsGiven(ServicePorts known) {
        var variables = known.variables();

        assertThat(service(known.name()).mapping("environment").keys())
                .allMatch(name -> variables.contains(name)
                        || variables.stream()
                                .anyMatch(v -> v.endsWith("*") && name.startsWith(v.substring(0, v.length() - 1))));
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceAcceptsTheValuesItIsGiven(ServicePorts known) {
        var reader = SettingsReader.of(environment(known.name()));

        var ports = known.ports().apply(reader);

        reader.verify();
        assertThat(ports).as("the ports inside the container").isEqualTo(known.defaults());
    }

    @ParameterizedTest
    @MethodSource("services")
    void portsArePublishedOnLoopbackUnderTheDefaultsOfTheirVariables(ServicePorts known) {
        var expected = known.defaults().entrySet().stream()
                .map(port -> "127.0.0.1:${%s:-%d}:%d".formatted(port.getKey(), port.getValue(), port.getValue()))
                .toList();

        assertThat(service(known.name()).texts("ports")).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("services")
    void healthIsAskedOnTheManagementPortWhereThereIsOne(ServicePorts known) {
        var asked = known.managementPort()
                .map(variable -> "http://127.0.0.1:" + known.defaults().get(variable) + "/readyz")
                .orElseGet(() -> "http://127.0.0.1:"
                        + known.defaults().values().iterator().next() + "/");

        assertThat(service(known.name()).mapping("healthcheck").texts("test")).endsWith(asked);
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyContainerHasAHealthCheckLimitsAndARestartPolicy(String name) {
        var service = service(name);

        assertThat(service.mapping("healthcheck").texts("test")).isNotEmpty();
        assertThat(service.mapping("healthcheck").keys()).contains("interval", "timeout", "retries", "start_period");
        assertThat(service.mapping("deploy")
                        .mapping("resources")
                        .mapping("limits")
                        .keys())
                .contains("cpus", "memory");
        assertThat(service.text("restart")).isEqualTo("unless-stopped");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyPublishedPortIsOnLoopback(String name) {
        assertThat(service(name).texts("ports")).allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyNamedVolumeIsDeclared(String name) {
        var named = service(name).texts("volumes").stream()
                .map(volume -> volume.substring(0, volume.indexOf(':')))
                .toList();

        assertThat(named.stream().filter(source -> !source.startsWith(".")))
                .allMatch(compose.mapping("volumes").keys()::contains);
        assertThat(named.stream().filter(source -> source.startsWith(".")))
                .allMatch(source -> Files.exists(Repository.file(source)));
    }

    @Test
    void theFileHoldsNoSecret() {
        var text = Repository.text(COMPOSE);
        var assignment = Pattern.compile("(?m)^\\s+\\w*(PASSWORD|TOKENS|API_KEY|USER_KEY|SECRET)\\w*:\\s*(.+)$");

        assertThat(assignment.matcher(text).results().map(found -> found.group(2)))
                .isNotEmpty()
                .allMatch(value -> value.startsWith("${"));
        assertThat(Interpolation.required(text)).isEqualTo(ENV.keySet());
    }

    @Test
    void theEnvironmentExampleNamesEveryVariableAndFillsNoneIn() {
        var example = Repository.text(".env.example");
        var asked = new TreeSet<String>();
        var offered = new TreeSet<String>();
        Pattern.compile("(?m)^([A-Z_]+)=(.*)$").matcher(example).results().forEach(found -> {
            asked.add(found.group(1));
            assertThat(found.group(2)).as(found.group(1)).isEmpty();
        });
        Pattern.compile("(?m)^#([A-Z_]+)=").matcher(example).results().forEach(found -> offered.add(found.group(1)));

        var text = Repository.text(COMPOSE);
        assertThat(asked).isEqualTo(Interpolation.required(text));
        offered.addAll(asked);
        assertThat(offered).isEqualTo(Interpolation.all(text));
    }

    @Test
    void everyVariableOfTheEnvironmentExampleBelongsToSomeService() {
        var known = new TreeSet<>(OF_OTHERS);
        ServicePorts.ALL.forEach(service -> known.addAll(service.variables()));

        assertThat(known).containsAll(Interpolation.all(Repository.text(COMPOSE)));
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyVariableOfAServiceIsDocumented(ServicePorts known) {
        var documented = Stream.of("README.md", "docs/simulator.md")
                .flatMap(document -> Markdown.load(document).tableKeys().stream())
                .collect(Collectors.toSet());

        assertThat(known.variables().stream().filter(variable -> !variable.endsWith("_FILE")))
                .allMatch(documented::contains);
    }

    @Test
    void theBrokerIsTheOneThatTheTestsRun() {
        var version = Pattern.compile("<kafka.version>([^<]+)<")
                .matcher(Repository.text("pom.xml"))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        assertThat(service("kafka").text("image")).isEqualTo("apache/kafka:" + version);
    }

    @ParameterizedTest
    @MethodSource("services")
    void containerFilesBuildAndRunWhatExists(ServicePorts known) {
        var path = service(known.name()).mapping("build").text("dockerfile");
        var text = Repository.text(path);
        var module = first(text, "-pl (\\S+)");
        var mainClass = first(text, "\"(io\\.switchboard\\.[\\w.]+)\", \"" + known.command() + "\"");

        assertThat(path).isEqualTo("ops/containers/" + known.name() + ".Containerfile");
        assertThat(Repository.text("pom.xml")).contains("<module>" + module + "</module>");
        var source = Repository.file(module + "/src/main/java/" + mainClass.replace('.', '/') + ".java");
        assertThat(source).exists();
        assertThat(Repository.text(source)).contains("int " + known.command() + "(");
    }

    @ParameterizedTest
    @MethodSource("services")
    void containersRunAsAnUnprivilegedUserAndExposeTheirPorts(ServicePorts known) {
        var text = Repository.text("ops/containers/" + known.name() + ".Containerfile");
        var exposed = Stream.of(first(text, "(?m)^EXPOSE (.+)$").split(" ")).map(Integer::valueOf);

        assertThat(first(text, "(?m)^USER (\\w+)$")).isEqualTo("switchboard");
        assertThat(exposed).containsExactlyInAnyOrderElementsOf(known.defaults().values());
        assertThat(text).contains("ENTRYPOINT [\"java\"");
    }

    @Test
    void prometheusScrapesTheManagementPortsAndNothingElse() {
        var scraped = new HashMap<String, List<String>>();
        for (var job : Yaml.load("ops/prometheus/prometheus.yml").mappings("scrape_configs")) {
            var unused = scraped.put(
                    job.text("job_name"),
                    job.mappings("static_configs").getFirst().texts("targets"));
        }
        var expected = new HashMap<String, List<String>>();
        for (var service : ServicePorts.ALL) {
            service.managementPort()
                    .ifPresent(variable -> expected.put(
                            service.name(),
                            List.of(service.name() + ":" + service.defaults().get(variable))));
        }

        assertThat(scraped).isEqualTo(expected);
    }

    private Yaml service(String name) {
        return compose.mapping("services").mapping(name);
    }

    private Map<String, String> environment(String name) {
        var declared = service(name).mapping("environment");
        var resolved = new HashMap<String, String>();
        declared.keys().forEach(key -> resolved.put(key, Interpolation.resolve(declared.text(key), ENV)));
        return resolved;
    }

    private static String first(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing matches " + pattern))
                .group(1);
    }
}
