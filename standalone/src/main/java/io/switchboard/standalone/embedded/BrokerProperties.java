package io.switchboard.standalone.embedded;

import static io.switchboard.standalone.embedded.EmbeddedKafka.HOST;
import static io.switchboard.standalone.embedded.EmbeddedKafka.NODE;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The broker's settings: one node, small, quick to come back. */
final class BrokerProperties {

    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("background.threads", "2"),
            Map.entry("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20)),
            Map.entry("log.segment.bytes", String.valueOf(128 << 20)),
            Map.entry("log.index.size.max.bytes", String.valueOf(1 << 20)),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("default.replication.factor", "1"),
            Map.entry("min.insync.replicas", "1"));

    // After a kill the new broker may only register once the session of the dead one has run out: 9 s by default. Not
    // much shorter than this, though: the controller drops heartbeats that it could not serve in half an interval, and
    // on a busy machine a broker with a short one never gets ready.
    private static final Map<String, String> QUICK_RESTART = Map.of(
            "broker.session.timeout.ms", "3000",
            "broker.heartbeat.interval.ms", "1000",
            "controller.quorum.election.timeout.ms", "250",
            "controller.quorum.election.backoff.max.ms", "250",
            "group.initial.rebalance.delay.ms", "0");

    private BrokerProperties() {}

    static Map<String, String> of(EmbeddedKafka.Settings settings, Path logFolder) {
        var controllerPort = LoopbackPort.free();
        var properties = new HashMap<>(SMALL);
        properties.putAll(QUICK_RESTART);
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(NODE));
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("controller.quorum.voters", NODE + "@" + HOST + ":" + controllerPort);
        properties.put(
                "listeners",
                "PLAINTEXT://" + HOST + ":" + settings.port() + ",CONTROLLER://" + HOST + ":" + controllerPort);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("log.dirs", logFolder.toString());
        properties.put("auto.create.topics.enable", "false");
        return properties;
    }
}
