package io.switchboard.simulator;

import io.switchboard.simulator.world.SimulatedCall;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Iterator;
import java.util.List;

/** Writes a long list of calls a few at a time, so that deliveries need not wait for it. */
final class CallListAnswer {
    private static final int CALLS_AT_ONCE = 50;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final Iterator<SimulatedCall> calls;

    private CallListAnswer(Vertx vertx, HttpServerResponse response, List<SimulatedCall> calls) {
        this.vertx = vertx;
        this.response = response;
        this.calls = calls.iterator();
    }

    static void write(Vertx vertx, HttpServerResponse response, List<SimulatedCall> calls) {
        response.setChunked(true).putHeader("Content-Type", "application/json");
        new CallListAnswer(vertx, response, calls).some(Buffer.buffer("{\"calls\":["));
    }

    private void some(Buffer text) {
        for (int i = 0; i < CALLS_AT_ONCE && calls.hasNext(); i++) {
            text.appendBuffer(SimulatorAnswer.call(calls.next()).toBuffer());
            text.appendString(calls.hasNext() ? "," : "");
        }
        if (calls.hasNext()) {
            response.write(text).onSuccess(written -> vertx.runOnContext(turn -> some(Buffer.buffer())));
        } else {
            response.end(text.appendString("]}\n"));
        }
    }
}
