package io.switchboard.standalone.bench;

import io.switchboard.kafka.KafkaSettings;
import io.switchboard.runtime.SettingsReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A producer alone, with as many records under way as a load has connections. Arguments: {@code plain} (kafka-clients) or
 * {@code vertx} (vertx-kafka-client), records under way, records. Prints records a second.
 */
public final class RawProducerMain {
    private static final byte[] VALUE = new byte[420];

    private RawProducerMain() {}

    private interface Send {
        void send(byte[] key, Runnable done);
    }

    public static void main(String[] arguments) throws Exception {
        var underWay = Integer.parseInt(arguments[1]);
        var records = Integer.parseInt(arguments[2]);
        var kafka = KafkaSettings.of(SettingsReader.of(System.getenv()));
        var topic = kafka.topicPrefix() + "calls";
        var properties = kafka.client(Map.of(ProducerConfig.ACKS_CONFIG, "all", ProducerConfig.LINGER_MS_CONFIG, 0));
        if (arguments[0].equals("plain")) {
            try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
                measure(arguments[0], underWay, records, (key, done) -> {
                    var unused =
                            producer.send(new ProducerRecord<>(topic, key, VALUE), (position, failure) -> done.run());
                });
            }
        } else {
            var vertx = Vertx.vertx();
            var config = new HashMap<String, String>();
            properties.forEach((name, value) -> config.put(name, value.toString()));
            var producer =
                    io.vertx.kafka.client.producer.KafkaProducer.create(vertx, config, byte[].class, byte[].class);
            measure(arguments[0], underWay, records, (key, done) -> {
                Future<?> unused = producer.send(KafkaProducerRecord.create(topic, key, VALUE))
                        .onComplete(sent -> done.run());
            });
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static void measure(String name, int underWay, int records, Send send) throws InterruptedException {
        run(underWay, records / 2, send); // warm-up
        var begun = System.nanoTime();
        run(underWay, records, send);
        var seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("RESULT %s producer, %d under way: %.0f records/s%n", name, underWay, records / seconds);
    }

    private static void run(int underWay, int records, Send send) throws InterruptedException {
        var permits = new Semaphore(underWay);
        for (var record = 0; record < records; record++) {
            permits.acquire();
            send.send(Integer.toString(record).getBytes(java.nio.charset.StandardCharsets.US_ASCII), permits::release);
        }
        permits.acquire(underWay);
    }
}
