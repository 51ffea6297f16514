package io.switchboard.standalone.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealInfrastructure.class)
class RealInfrastructureIT {

    @Test
    void databaseIsThereAndEmpty(Infrastructure infrastructure) throws Exception {
        try (var connection = infrastructure.connect();
                var found = connection
                        .createStatement()
                        .executeQuery("select count(*) from pg_tables where schemaname = 'public'")) {
            assertThat(found.next()).isTrue();
            assertThat(found.getInt(1)).isZero();
        }
    }

    @Test
    void brokerTakesRecords(Infrastructure infrastructure) throws Exception {
        var probe = new KafkaProbe(infrastructure.bootstrapServers());
        var topic = infrastructure.topicPrefix() + "calls";
        probe.createTopic(topic);
        probe.append(topic, "one");

        assertThat(probe.readAll(topic)).containsExactly("one");
    }

    @Nested
    class AnotherClass {

        @Test
        void hasItsOwnPartOfTheSameServers(Infrastructure mine) {
            assertThat(mine.topicPrefix()).startsWith("anotherclass");
            assertThat(mine.databaseUrl()).contains("/anotherclass");
        }
    }
}
