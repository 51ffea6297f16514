package io.switchboard.standalone;

import io.switchboard.runtime.Accounts;
import io.switchboard.runtime.StartFailure;
import io.switchboard.standalone.embedded.EmbeddedKafka;
import io.switchboard.standalone.embedded.EmbeddedPostgres;
import io.switchboard.standalone.embedded.LoopbackPort;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * Everything on one machine: the data folder, the embedded Kafka and PostgreSQL side by side, then the services in
 * order, then the wait until the whole does its work.
 */
final class OneMachine {

    /** What the demo's simulator does unless told otherwise: a small company's busy hour, ten times as fast. */
    private static final Map<String, String> LIVELY = Map.of(
            "SIMULATOR_CALLS_PER_MINUTE", "30",
            "SIMULATOR_SPEED", "10",
            "SIMULATOR_HISTORY_CALLS", "200",
            "SIMULATOR_HISTORY_TEXTS", "40",
            "SIMULATOR_RECORDING_DELAY_MS", "30000");

    /** Of the simulated account; they open nothing else. */
    private static final Map<String, String> DEMO_KEYS = Map.of(
            "API_KEY", "5f1c0de0-0000-4a11-8b22-00000000a001",
            "USER_KEY", "simulated-user-key");

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration SAY_SO_EVERY = Duration.ofSeconds(30);

    private final Plan plan;
    private final Environment environment;
    private final RunningParts running;
    private final PrintStream out;

    /** What distinguishes `demo` from `up`. */
    record Plan(String command, Path data, DataFolder.Past past, List<Component> services, Readiness readiness) {}

    OneMachine(Plan plan, Environment environment, RunningParts running, PrintStream out) {
        this.plan = plan;
        this.environment = environment;
        this.running = running;
        this.out = out;
    }

    /** Returns when everything runs and does its work. */
    void start() throws InterruptedException {
        var begun = Instant.now();
        var folder = running.start("data folder", () -> DataFolder.open(plan.data(), plan.past()));
        refuseTakenPorts();
        environment.setIfAbsent("WEBHOOK_TOKENS", folder.webhookToken());
        environment.setIfAbsent("API_TOKENS", folder.adminToken() + "=platform_admin");
        environment.setIfAbsent("SPOOL_DIR", folder.spool().toString());
        environment.setIfAbsent("BIND_ADDRESS", "127.0.0.1");
        introduceServices();
        verifySettings();
        startServers(folder);
        for (var service : plan.services()) {
            var unused = running.start(service.name(), () -> service.start(environment.asMap()));
        }
        new Announcement(plan, environment.asMap(), folder).print(out);
        awaitReady(begun);
        out.printf(
                "ready after %.1f s; Ctrl-C stops everything%n",
                Duration.between(begun, Instant.now()).toMillis() / 1e3);
    }

    /** Tells the services where the others are. */
    private void introduceServices() {
        var values = environment.asMap();
        environment.setIfAbsent("GATEWAY_MANAGEMENT_URLS", "http://127.0.0.1:" + Port.GATEWAY_MANAGEMENT.in(values));
        environment.setIfAbsent("POLLER_MANAGEMENT_URLS", "http://127.0.0.1:" + Port.POLLER_MANAGEMENT.in(values));
        if (plan.services().contains(Services.SIMULATOR)) {
            introduceSimulator();
        }
    }

    /** The demo polls its own simulator, whatever account the environment speaks of. */
    private void introduceSimulator() {
        var values = environment.asMap();
        environment.remove(Accounts.FILE);
        environment.set(Accounts.BASE_URL, "http://127.0.0.1:" + Port.SIMULATOR.in(values) + "/v4");
        DEMO_KEYS.forEach((name, key) -> {
            environment.setIfAbsent("SIMULATOR_" + name, key);
            environment.copy("SIMULATOR_" + name, "MIGHTYCALL_" + name);
        });
        var token = values.getOrDefault("WEBHOOK_TOKENS", "")
                .replaceFirst(",.*", "")
                .strip();
        environment.setIfAbsent(
                "SIMULATOR_WEBHOOK_URLS",
                "http://127.0.0.1:" + Port.GATEWAY.in(values) + "/webhooks/mightycall/" + token);
        LIVELY.forEach(environment::setIfAbsent);
    }

    /** Before the servers run: where they will be is not known yet, and need not be. */
    private void verifySettings() {
        var values = new HashMap<>(environment.asMap());
        values.put("DATABASE_URL", "postgresql://user:password@127.0.0.1:5432/database");
        Component.verify(plan.services(), values);
    }

    /** All of them at once, before anything has been started. */
    private void refuseTakenPorts() {
        var values = environment.asMap();
        var taken = Stream.concat(
                        plan.services().stream().flatMap(s -> s.ports().stream()), Stream.of(Port.KAFKA, Port.POSTGRES))
                .filter(port -> port.in(values) != 0 && !LoopbackPort.isFree(port.in(values)))
                .map(port -> port.in(values) + " (" + port.variable() + ")")
                .toList();
        if (!taken.isEmpty()) {
            throw new StartFailure("already in use: port " + String.join(", ", taken)
                    + "; stop the program that listens there, set the variable, or move all ports with --port-offset");
        }
    }

    private void startServers(DataFolder folder) {
        var values = environment.asMap();
        var kafka = CompletableFuture.supplyAsync(() -> running.start(
                "embedded Kafka",
                () -> EmbeddedKafka.start(new EmbeddedKafka.Settings(folder.kafka(), Port.KAFKA.in(values)))));
        var postgres = CompletableFuture.supplyAsync(() -> running.start(
                "embedded PostgreSQL",
                () -> EmbeddedPostgres.start(
                        EmbeddedPostgres.Settings.in(folder.postgres(), Port.POSTGRES.in(values)))));
        environment.set("KAFKA_BOOTSTRAP_SERVERS", join(kafka).bootstrapServers());
        environment.set("DATABASE_URL", join(postgres).databaseUrl());
    }

    private static <T> T join(CompletableFuture<T> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error defect) {
                throw defect;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void awaitReady(Instant begun) throws InterruptedException {
        var told = System.nanoTime();
        while (!isReady(begun)) {
            if (System.nanoTime() - told > SAY_SO_EVERY.toNanos()) {
                out.println("not ready yet; /statusz on the management ports says what is missing");
                told = System.nanoTime();
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private boolean isReady(Instant begun) throws InterruptedException {
        try {
            return plan.readiness().isReady(environment.asMap(), begun);
        } catch (IOException notYet) {
            return false;
        }
    }
}
