package io.switchboard.standalone.embedded;

import io.switchboard.runtime.StartFailure;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The embedded broker as a process of its own, so that a test can kill, hang and restart it: data folder, port. */
public final class EmbeddedKafkaMain {

    private EmbeddedKafkaMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 2) {
            System.err.println("usage: EmbeddedKafkaMain DATA_FOLDER PORT");
            System.exit(2);
        }
        try {
            run(new EmbeddedKafka.Settings(Path.of(arguments[0]), Integer.parseInt(arguments[1])));
        } catch (StartFailure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run(EmbeddedKafka.Settings settings) throws InterruptedException {
        var kafka = EmbeddedKafka.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "stop-kafka"));
        System.out.println("READY " + kafka.bootstrapServers());
        new CountDownLatch(1).await();
    }
}
