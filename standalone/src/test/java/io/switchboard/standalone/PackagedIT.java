package io.switchboard.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.standalone.embedded.EmbeddedKafkaMain;
import io.switchboard.standalone.embedded.LoopbackPort;
import io.switchboard.standalone.infrastructure.KafkaProbe;
import io.switchboard.standalone.infrastructure.ProcessUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the user gets, without the libraries that only the tests bring. */
class PackagedIT {

    @TempDir
    Path folder;

    @Test
    void tellsItsVersions() {
        try (var switchboard = ProcessUnderTest.packaged(SwitchboardMain.class, Map.of(), "--version")) {
            assertThat(switchboard.awaitExit()).isZero();
            assertThat(switchboard.output())
                    .matches("switchboard [\\d.]+ \\(Kafka [\\d.]+, PostgreSQL [\\d.]+, Java \\d+\\)\n");
        }
    }

    @Test
    void theBrokerRuns() throws Exception {
        var port = LoopbackPort.free();
        try (var broker =
                ProcessUnderTest.packaged(EmbeddedKafkaMain.class, Map.of(), folder.toString(), String.valueOf(port))) {
            var probe = new KafkaProbe(broker.awaitLine("READY ", Duration.ofSeconds(60)));
            probe.createTopic("calls");
            probe.append("calls", "one");

            assertThat(probe.readAll("calls")).containsExactly("one");
        }
    }
}
