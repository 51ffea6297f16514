package io.switchboard.projector.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.projector.projection.ProjectionStore.Fatal;
import io.switchboard.projector.projection.ProjectionStore.Retryable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresFailureTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "25006", "25P03", "28P01", "3D000", "40001", "40P01", "42501", "42P01", "53100", "53300",
                "55P03", "57014", "57P01", "57P03", "58030"
            })
    void whatIsNotTheDatasFaultIsWaitedFor(String state) {
        assertThat(PostgresFailure.of(new PgException("m", "ERROR", state, "d")))
                .isInstanceOf(Retryable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "22003", "22021", "22P05", "23505", "23514", "54000", "XX000", "0A000"})
    void whatTheDataCausesCondemnsIt(String state) {
        assertThat(PostgresFailure.of(new PgException("m", "ERROR", state, "d")))
                .isInstanceOf(Fatal.class);
    }

    @Test
    void lostConnectionsAndSilenceAreWaitedFor() {
        assertThat(PostgresFailure.of(new IOException("reset"))).isInstanceOf(Retryable.class);
        assertThat(PostgresFailure.of(new TimeoutException())).isInstanceOf(Retryable.class);
    }

    @Test
    void quotesNoValues() {
        var failure = PostgresFailure.of(new PgException("value +13125550117", "ERROR", "23505", "Key (+13125550117)"));

        assertThat(failure.toString()).doesNotContain("3125550117");
    }
}
