package io.switchboard.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.runtime.StartFailure;
import io.switchboard.standalone.infrastructure.KafkaProbe;
import io.switchboard.standalone.infrastructure.ProcessUnderTest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    private static final Duration START = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    @Test
    void keepsItsRecordsAcrossARestart() throws Exception {
        var kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder, 0));
        var probe = new KafkaProbe(kafka.bootstrapServers());
        probe.createTopic("calls");
        probe.append("calls", "before");
        kafka.close();

        try (var again = EmbeddedKafka.start(kafka.settings())) {
            probe.append("calls", "after");

            assertThat(again.bootstrapServers()).isEqualTo(kafka.bootstrapServers());
            assertThat(probe.readAll("calls")).containsExactly("before", "after");
        }
    }

    /** The default settings would wait 9 s for the session of the dead broker to run out. */
    @Test
    void isBackSoonAfterAKillAndHasLostNothing() throws Exception {
        var port = LoopbackPort.free();
        var probe = new KafkaProbe("127.0.0.1:" + port);
        var begun = System.nanoTime();
        Duration ordinaryStart;
        try (var first = broker(port)) {
            var unused = first.awaitLine("READY ", START);
            ordinaryStart = Duration.ofNanos(System.nanoTime() - begun);
            probe.createTopic("calls");
            probe.append("calls", "acknowledged");
            first.killNow();
        }

        var killed = System.nanoTime();
        try (var second = broker(port)) {
            var unused = second.awaitLine("READY ", START);
            probe.append("calls", "next");
            var outage = Duration.ofNanos(System.nanoTime() - killed);

            System.out.println("embedded Kafka: first start " + ordinaryStart.toMillis() + " ms, took a record "
                    + outage.toMillis() + " ms after a kill");
            assertThat(probe.readAll("calls")).containsExactly("acknowledged", "next");
            // Measured against a start of the same minute, so that a busy machine does not decide.
            assertThat(outage).isLessThan(ordinaryStart.multipliedBy(2).plusSeconds(3));
        }
    }

    @Test
    void refusesATakenPortAndNamesTheVariable() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings = new EmbeddedKafka.Settings(folder, taken.getLocalPort());

            assertThatThrownBy(() -> EmbeddedKafka.start(settings))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("EMBEDDED_KAFKA_PORT");
        }
    }

    @Test
    void refusesAFolderInUseByAnotherBroker() {
        try (var kafka = EmbeddedKafka.start(new EmbeddedKafka.Settings(folder, 0))) {
            assertThatThrownBy(() -> EmbeddedKafka.start(new EmbeddedKafka.Settings(folder, 0)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("another Kafka already runs on " + folder)
                    .hasMessageNotContaining("\n");
            assertThat(kafka.bootstrapServers()).isNotBlank();
        }
    }

    @Test
    void endsCleanlyOnTerm() {
        try (var broker = broker(LoopbackPort.free())) {
            var unused = broker.awaitLine("READY ", START);

            assertThat(broker.terminate()).isEqualTo(143);
            assertThat(broker.output()).doesNotContain("Exception");
        }
    }

    private ProcessUnderTest broker(int port) {
        return ProcessUnderTest.java(EmbeddedKafkaMain.class, Map.of(), folder.toString(), String.valueOf(port));
    }
}
