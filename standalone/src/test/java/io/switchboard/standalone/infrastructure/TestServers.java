package io.switchboard.standalone.infrastructure;

import io.switchboard.standalone.embedded.EmbeddedKafka;
import io.switchboard.standalone.embedded.EmbeddedPostgres;
import io.switchboard.standalone.embedded.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The pair of servers that the test JVM shares. */
sealed interface TestServers extends AutoCloseable {

    Logger LOG = LoggerFactory.getLogger(TestServers.class);

    String bootstrapServers();

    String databaseUrl();

    @Override
    void close();

    static TestServers start() {
        if (DockerClientFactory.instance().isDockerAvailable()) {
            LOG.info("integration tests run on Kafka and PostgreSQL containers");
            return Containers.startBoth();
        }
        LOG.info("no Docker engine: integration tests run on the embedded Kafka and PostgreSQL");
        return Embedded.startBoth();
    }

    record Containers(KafkaContainer kafka, PostgreSQLContainer postgres) implements TestServers {

        @SuppressWarnings("resource") // closed with this record
        static Containers startBoth() {
            var kafka = new KafkaContainer("apache/kafka:4.3.1");
            var postgres = new PostgreSQLContainer("postgres:18");
            kafka.start();
            postgres.start();
            return new Containers(kafka, postgres);
        }

        @Override
        public String bootstrapServers() {
            return kafka.getBootstrapServers();
        }

        @Override
        public String databaseUrl() {
            return "postgresql://" + postgres.getUsername() + ":" + postgres.getPassword() + "@" + postgres.getHost()
                    + ":" + postgres.getFirstMappedPort() + "/" + postgres.getDatabaseName();
        }

        @Override
        public void close() {
            postgres.stop();
            kafka.stop();
        }
    }

    record Embedded(EmbeddedKafka kafka, EmbeddedPostgres postgres, Path folder) implements TestServers {

        static Embedded startBoth() {
            try {
                var folder = Files.createTempDirectory("switchboard-it");
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
                var binaries = Path.of("target", "postgres-binaries");
                return new Embedded(
                        EmbeddedKafka.start(new EmbeddedKafka.Settings(folder.resolve("kafka"), 0)),
                        EmbeddedPostgres.start(new EmbeddedPostgres.Settings(folder.resolve("postgres"), binaries, 0)),
                        folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String bootstrapServers() {
            return kafka.bootstrapServers();
        }

        @Override
        public String databaseUrl() {
            return postgres.databaseUrl();
        }

        @Override
        public void close() {
            postgres.close();
            kafka.close();
            try {
                FileTree.delete(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
