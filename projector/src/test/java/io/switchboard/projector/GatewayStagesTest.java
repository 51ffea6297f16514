package io.switchboard.projector;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.projector.api.view.PipelineView.Stage;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GatewayStagesTest {
    private static final URI GATEWAY = URI.create("http://gateway:9080");

    @Test
    void aGatewayThatReachesKafkaRuns() {
        assertThat(stage(
                        "true", "answers", "closed", "{\"records\":0,\"oldest_received_millis\":0,\"accepting\":true}"))
                .isEqualTo(new Stage("gateway gateway:9080", "running", null, null, 0L, null, null));
    }

    @Test
    void whatWaitsInAGatewayIsItsSpool() {
        var spool = "{\"records\":7,\"oldest_received_millis\":1000,\"accepting\":true}";

        assertThat(stage("true", "does not answer", "open", spool))
                .isEqualTo(new Stage(
                        "gateway gateway:9080",
                        "spooling",
                        "Kafka does not answer",
                        null,
                        7L,
                        Instant.ofEpochSecond(1),
                        null));
    }

    @Test
    void aGatewayThatCanMakeNothingDurableRefuses() {
        var spool = "{\"records\":7,\"oldest_received_millis\":1000,\"accepting\":false}";

        assertThat(stage("false", "does not answer", "open", spool).detail())
                .isEqualTo("Kafka does not answer; the spool takes nothing");
        assertThat(stage("false", "does not answer", "open", spool).state()).isEqualTo("refusing");
    }

    @Test
    void anAnswerOfSomethingElseIsNoGateway() {
        assertThat(GatewayStages.stage(GATEWAY, Buffer.buffer("<html>")).state())
                .isEqualTo("unreachable");
    }

    private static Stage stage(String ready, String kafka, String circuit, String spool) {
        var body = "{\"ready\":%s,\"stages\":{\"kafka\":\"%s\",\"circuit\":\"%s\",\"spool\":%s}}"
                .formatted(ready, kafka, circuit, spool);
        return GatewayStages.stage(GATEWAY, Buffer.buffer(body));
    }
}
