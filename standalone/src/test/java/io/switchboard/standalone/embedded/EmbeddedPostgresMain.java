package io.switchboard.standalone.embedded;

import io.switchboard.runtime.StartFailure;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A JVM that owns a database and does nothing else, for tests that kill it: data folder, binaries folder, port. */
final class EmbeddedPostgresMain {

    private EmbeddedPostgresMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            var settings = new EmbeddedPostgres.Settings(
                    Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]));
            var postgres = EmbeddedPostgres.start(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close, "stop-postgres"));
            System.out.println("READY " + postgres.databaseUrl());
        } catch (StartFailure e) {
            System.out.println("REFUSED " + e.getMessage());
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }
}
