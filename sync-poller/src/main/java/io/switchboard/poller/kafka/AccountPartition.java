package io.switchboard.poller.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.switchboard.event.Topic;
import io.switchboard.kafka.KafkaSettings;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** Where in {@code sync-state} an account's entries stand: all in one partition, chosen by the account alone. */
final class AccountPartition {
    private AccountPartition() {}

    static TopicPartition of(KafkaSettings settings, String account) {
        var hash = Utils.toPositive(Utils.murmur2(account.getBytes(UTF_8)));
        return new TopicPartition(settings.name(Topic.SYNC_STATE), hash % settings.partitions());
    }
}
