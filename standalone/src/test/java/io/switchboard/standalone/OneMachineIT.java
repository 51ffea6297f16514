package io.switchboard.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.standalone.embedded.LoopbackPort;
import io.switchboard.standalone.infrastructure.ProcessUnderTest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneMachineIT {

    private static final Duration START = Duration.ofSeconds(120);

    @TempDir
    Path temporary;

    private Path data;

    @BeforeEach
    void letOthersEnter() throws Exception {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
        data = temporary.resolve("data");
    }

    @Test
    void stopsEverythingInOrderWithExitCodeZero() {
        for (var signal : List.of("INT", "TERM", "HUP")) {
            try (var run = run(freePorts())) {
                var unused = run.awaitLine("ready after", START);
                ProcessUnderTest.signal(signal, ProcessHandle.of(run.pid()).orElseThrow());

                assertThat(run.awaitExit()).as(signal).isZero();
                assertThat(run.output()).contains("last service stopped").doesNotContain("Exception");
                assertThat(data.resolve("postgres/cluster/postmaster.pid")).doesNotExist();
            }
        }
    }

    @Test
    void stopsWithExitCodeZeroWhileItStarts() {
        try (var run = run(freePorts())) {
            var unused = run.awaitLine("starting", START);

            assertThat(run.terminate()).isZero();
        }
    }

    @Test
    void startsAgainAtOnceAfterAKill() {
        var ports = freePorts();
        try (var first = run(ports)) {
            var unused = first.awaitLine("ready after", START);
            first.killNow();
        }
        try (var second = run(ports)) {
            var unused = second.awaitLine("ready after", START);

            assertThat(second.terminate()).isZero();
        }
    }

    @Test
    void refusesASecondRunOnTheSameFolder() {
        try (var first = run(freePorts())) {
            var unused = first.awaitLine("ready after", START);
            try (var second = run(freePorts())) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.output().lines().filter(line -> line.startsWith("switchboard:")))
                        .singleElement()
                        .asString()
                        .contains("another Switchboard already runs on " + data);
            }
        }
    }

    @Test
    void refusesTakenPortsAllAtOnceBeforeAnythingStarts() throws Exception {
        var ports = freePorts();
        try (var kafka = taken(ports, Port.KAFKA);
                var postgres = taken(ports, Port.POSTGRES);
                var run = run(ports)) {
            assertThat(run.awaitExit()).isEqualTo(1);
            assertThat(run.output().lines().filter(line -> line.startsWith("switchboard:")))
                    .singleElement()
                    .asString()
                    .contains(kafka.getLocalPort() + " (EMBEDDED_KAFKA_PORT)")
                    .contains(postgres.getLocalPort() + " (EMBEDDED_POSTGRES_PORT)");
            assertThat(data.resolve("kafka")).doesNotExist();
        }
    }

    private static ServerSocket taken(Map<String, String> ports, Port port) throws Exception {
        return new ServerSocket(port.in(ports), 1, InetAddress.getLoopbackAddress());
    }

    private static Map<String, String> freePorts() {
        var ports = new HashMap<String, String>();
        for (var port : Port.values()) {
            ports.put(port.variable(), String.valueOf(LoopbackPort.free()));
        }
        return ports;
    }

    private ProcessUnderTest run(Map<String, String> ports) {
        return ProcessUnderTest.java(BareMachineMain.class, ports, data.toString());
    }
}
