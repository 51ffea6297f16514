package io.switchboard.standalone;

import io.switchboard.standalone.DataFolder.Past;
import io.switchboard.standalone.OneMachine.Plan;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command line: exit code 0 after a stop, 1 when something prevents the start, 2 for options and settings. */
@Command(
        name = "switchboard",
        description = "MightyCall's webhooks and records in Kafka, in PostgreSQL and behind a query API.",
        versionProvider = Versions.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class SwitchboardMain {

    private static final int DEFECT = 70;

    private final Map<String, String> given;
    private final RunningParts running = new RunningParts();

    SwitchboardMain(Map<String, String> given) {
        this.given = given;
    }

    public static void main(String[] arguments) {
        // A defect must not leave half a system running.
        Thread.currentThread().setUncaughtExceptionHandler((thread, defect) -> {
            defect.printStackTrace();
            System.exit(DEFECT);
        });
        var main = new SwitchboardMain(System.getenv());
        System.exit(main.execute(arguments));
    }

    int execute(String... arguments) {
        return new CommandLine(this)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Complaints::aboutOptions)
                .setExecutionExceptionHandler((failure, command, parsed) -> Complaints.about(failure, command, running))
                .execute(arguments);
    }

    @Command(
            description = "Runs everything on this machine, with a simulated MightyCall.",
            mixinStandardHelpOptions = true)
    int demo(@Mixin DataOptions data, @Mixin PortOptions ports) throws InterruptedException {
        return runOnOneMachine(
                new Plan("demo", data.folder, past(data), Services.DEMO, Readiness.aCallIsVisible()), ports);
    }

    @Command(
            description = "Runs everything on this machine, for the MightyCall account in the environment.",
            mixinStandardHelpOptions = true)
    int up(@Mixin DataOptions data, @Mixin PortOptions ports) throws InterruptedException {
        return runOnOneMachine(new Plan("up", data.folder, past(data), Services.UP, Readiness.servicesAnswer()), ports);
    }

    @Command(description = "Runs the webhook gateway on an external Kafka.", mixinStandardHelpOptions = true)
    int gateway(@Mixin SpoolOptions spool, @Mixin PortOptions ports) throws InterruptedException {
        var environment = Environment.of(given, ports.offset);
        environment.setIfAbsent("SPOOL_DIR", spool.data.resolve("spool").toString());
        return runAlone(Services.GATEWAY, environment);
    }

    @Command(
            description = "Runs the projector, query API on an external Kafka and PostgreSQL.",
            mixinStandardHelpOptions = true)
    int projector(@Mixin PortOptions ports) throws InterruptedException {
        return runAlone(Services.PROJECTOR, Environment.of(given, ports.offset));
    }

    @Command(
            description = "Runs the poller of MightyCall's REST API on an external Kafka.",
            mixinStandardHelpOptions = true)
    int poller(@Mixin PortOptions ports) throws InterruptedException {
        return runAlone(Services.POLLER, Environment.of(given, ports.offset));
    }

    @Command(description = "Runs a simulated MightyCall.", mixinStandardHelpOptions = true)
    int simulator(@Mixin PortOptions ports) throws InterruptedException {
        return runAlone(Services.SIMULATOR, Environment.of(given, ports.offset));
    }

    @Command(
            description =
                    "Has a running projector build its tables again beside the live ones, compare and exchange them.",
            mixinStandardHelpOptions = true)
    int rebuild(@Mixin RebuildOptions options, @Mixin PortOptions ports) throws InterruptedException {
        var environment = Environment.of(given, ports.offset).asMap();
        var api = options.api == null ? URI.create("http://127.0.0.1:" + Port.API.in(environment)) : options.api;
        return new RebuildClient(api, RebuildClient.token(environment, options.folder), System.out).order(options);
    }

    private int runOnOneMachine(Plan plan, PortOptions ports) throws InterruptedException {
        var environment = Environment.of(given, ports.offset);
        StopSignal.stops(running);
        new OneMachine(plan, environment, running, System.out).start();
        return untilStopped();
    }

    private int runAlone(Component service, Environment environment) throws InterruptedException {
        Component.verify(List.of(service), environment.asMap());
        StopSignal.stops(running);
        var unused = running.start(service.name(), () -> service.start(environment.asMap()));
        announce(service.name() + " ready on " + addresses(service, environment.asMap()));
        return untilStopped();
    }

    /** In the form that the operator chose for the log: a collector of JSON lines reads nothing else. */
    private void announce(String line) {
        if ("json".equalsIgnoreCase(given.get("LOG_FORMAT"))) {
            LoggerFactory.getLogger(SwitchboardMain.class).info("{}", line);
        } else {
            System.out.println(line);
        }
    }

    private static String addresses(Component service, Map<String, String> environment) {
        return String.join(
                ", ",
                service.ports().stream()
                        .map(port -> "port " + port.in(environment))
                        .toList());
    }

    /** A stop ends the JVM from the thread of its signal. */
    static int untilStopped() throws InterruptedException {
        new CountDownLatch(1).await();
        return 0;
    }

    private static Past past(DataOptions data) {
        return data.fresh ? Past.DELETE : Past.KEEP;
    }
}
