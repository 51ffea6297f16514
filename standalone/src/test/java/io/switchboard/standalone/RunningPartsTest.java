package io.switchboard.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningPartsTest {

    private final List<String> stopped = new ArrayList<>();
    private final RunningParts running = new RunningParts();

    @Test
    void stopsInReverseOrder() {
        start("kafka");
        start("gateway");
        start("simulator");

        running.close();

        assertThat(stopped).containsExactly("simulator", "gateway", "kafka");
    }

    @Test
    void aPartThatDoesNotStopKeepsNoOtherFromStopping() {
        start("kafka");
        var unused = running.start("gateway", () -> () -> {
            throw new IllegalStateException("stuck");
        });

        running.close();

        assertThat(stopped).containsExactly("kafka");
    }

    @Test
    void aPartThatWasStartingDuringTheStopIsStoppedToo() {
        running.close();

        assertThatThrownBy(() -> start("gateway")).isInstanceOf(RunningParts.Stopped.class);
        assertThat(stopped).containsExactly("gateway");
    }

    private void start(String name) {
        var unused = running.start(name, () -> () -> stopped.add(name));
    }
}
