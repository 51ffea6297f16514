package io.switchboard.benchmarks;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/**
 * One question of the query API.
 *
 * @param rounds how often it is measured
 */
record Question(String name, int rounds, Asked asked) {

    /** Asks it once. */
    interface Asked {
        /**
         * @param round chooses what it is asked about
         * @return how many rows came back
         */
        Future<Integer> ask(SqlConnection connection, int round);
    }
}
