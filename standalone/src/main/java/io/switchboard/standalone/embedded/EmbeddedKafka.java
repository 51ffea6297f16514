package io.switchboard.standalone.embedded;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.switchboard.runtime.StartFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and its controller in this JVM, with a data folder that outlives it.
 *
 * <p>It is the real broker in the smallest size: one node, loopback only, few threads, internal topics of one replica.
 * With one broker `acks=all` means that the operating system has the record, not that the disk has it: acknowledged
 * records survive a kill of this process, not a power cut.
 */
public final class EmbeddedKafka implements AutoCloseable {

    public static final String PORT_VARIABLE = "EMBEDDED_KAFKA_PORT";
    public static final int DEFAULT_PORT = 19_092;

    static final String HOST = "127.0.0.1";
    static final int NODE = 1;
    private static final Map<String, Level> QUIET = Map.of(
            "org.apache.kafka", Level.WARN,
            "kafka", Level.WARN,
            "state.change.logger", Level.WARN,
            "org.apache.kafka.controller", Level.ERROR); // warns of every ordinary start

    private final Settings settings;
    private final KafkaRaftServer server;

    /**
     * @param dataDir holds the log, the cluster id and nothing else; created when missing
     * @param port 0 takes any free one
     */
    public record Settings(Path dataDir, int port) {}

    private EmbeddedKafka(Settings settings, KafkaRaftServer server) {
        this.settings = settings;
        this.server = server;
    }

    /** Returns when the broker takes requests. */
    public static EmbeddedKafka start(Settings wanted) {
        quiet();
        var port = LoopbackPort.claim(wanted.port(), "the embedded Kafka", PORT_VARIABLE);
        var settings = new Settings(wanted.dataDir().toAbsolutePath().normalize(), port);
        format(settings);
        refuseWhenInUse(settings);
        var server = new KafkaRaftServer(
                new KafkaConfig(BrokerProperties.of(settings, logFolder(settings)), false), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw failure(settings, e);
        }
        return new EmbeddedKafka(settings, server);
    }

    public String bootstrapServers() {
        return HOST + ":" + settings.port();
    }

    /** The settings with the port really taken: starting with them again gives the same broker at the same address. */
    public Settings settings() {
        return settings;
    }

    /** Stops in order and returns when every file is closed. */
    @Override
    public void close() {
        withoutWarningsOfTheClient(() -> {
            server.shutdown();
            server.awaitShutdown();
        });
    }

    /** The broker closes one of its own clients twice in every ordinary stop, and warns of it. */
    private static void withoutWarningsOfTheClient(Runnable stop) {
        if (LoggerFactory.getLogger("org.apache.kafka.clients.NetworkClient") instanceof Logger logger) {
            var before = logger.getLevel();
            logger.setLevel(Level.ERROR);
            stop.run();
            logger.setLevel(before);
        } else {
            stop.run();
        }
    }

    /** The broker is talkative; a level that somebody chose stays. */
    private static void quiet() {
        QUIET.forEach((name, level) -> {
            if (LoggerFactory.getLogger(name) instanceof Logger logger && logger.getLevel() == null) {
                logger.setLevel(level);
            }
        });
    }

    private static void format(Settings settings) {
        try {
            var log = Files.createDirectories(logFolder(settings)).toString();
            new Formatter()
                    .setClusterId(clusterId(settings))
                    .setNodeId(NODE)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(log)
                    .addDirectory(log)
                    .setIgnoreFormatted(true)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (Exception e) { // the formatter declares nothing more precise
            throw failure(settings, e);
        }
    }

    /** The broker takes this lock too, but reports a failure with a stack trace. */
    private static void refuseWhenInUse(Settings settings) {
        var file = logFolder(settings).resolve(".lock");
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            if (lock != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // a broker of this same JVM
        } catch (IOException e) {
            throw failure(settings, e);
        }
        throw new StartFailure("another Kafka already runs on " + settings.dataDir()
                + ": stop it first, or choose another --data folder");
    }

    private static String clusterId(Settings settings) throws IOException {
        return PrivateFile.readOrCreate(
                settings.dataDir().resolve("cluster-id"),
                () -> Uuid.randomUuid().toString());
    }

    private static Path logFolder(Settings settings) {
        return settings.dataDir().resolve("log");
    }

    private static StartFailure failure(Settings settings, Exception e) {
        var cause = (Throwable) e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var text = cause.getMessage() == null
                ? cause.toString()
                : cause.getMessage().lines().findFirst().orElse("");
        return new StartFailure("the embedded Kafka in " + settings.dataDir() + " did not start: " + text, e);
    }
}
