package io.switchboard.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** A running simulator: live traffic, history, control API. May be used from any thread. */
public final class Simulator {
    private final Vertx vertx;
    private final String deployment;
    private final int port;

    private Simulator(Vertx vertx, String deployment, int port) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.port = port;
    }

    /** Completes when the control API listens; fails with a {@code StartFailure} when it cannot. */
    public static Future<Simulator> start(Vertx vertx, SimulatorSettings settings) {
        var loop = new SimulatorLoop(settings);
        return vertx.deployVerticle(loop).map(id -> new Simulator(vertx, id, loop.port()));
    }

    /** Where the control API listens, also when the settings left the choice to the system. */
    public int port() {
        return port;
    }

    /** Stops making calls, forgets what waits, frees the port. */
    public Future<Void> close() {
        return vertx.undeploy(deployment);
    }
}
