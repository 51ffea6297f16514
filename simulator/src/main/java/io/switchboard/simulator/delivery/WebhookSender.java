package io.switchboard.simulator.delivery;

import io.vertx.core.Future;
import java.time.Duration;

/** Sends one request to a webhook URL. */
public interface WebhookSender {
    /** The answer's status; fails when there was none in time. Completes on the caller's event loop. */
    Future<Integer> post(WebhookUrl url, byte[] body, Duration timeout);
}
