package io.switchboard.standalone.ledger;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends webhooks at a steady rate whatever the answers (open loop), interleaving calls, repeating one delivery in twenty,
 * and writes the ledger. A request without an answer after ten seconds stays unanswered.
 */
public final class WebhookLoad implements AutoCloseable {
    private static final int CONNECTIONS = 64;
    private static final int TICK_MILLIS = 5;
    private static final long ANSWER_TIMEOUT_MILLIS = 10_000;
    private static final int OPEN_CALLS = 50;

    private final Vertx vertx;
    private final HttpClient client;
    private final URI url;
    private final Ledger ledger = new Ledger();
    private final AtomicInteger outstanding = new AtomicInteger();
    private final SplittableRandom random;
    private final ArrayDeque<CallScript.Webhook> upcoming = new ArrayDeque<>();
    private volatile long timer;
    private double due;

    public WebhookLoad(Vertx vertx, URI url, long seed) {
        this.vertx = vertx;
        this.url = url;
        this.random = new SplittableRandom(seed);
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(1_000),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(100_000));
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Starts sending; returns at once. */
    public void start(int perSecond) {
        timer = vertx.setPeriodic(TICK_MILLIS, unused -> {
            for (due += perSecond * TICK_MILLIS / 1_000.0; due >= 1; due--) {
                send(next());
            }
        });
    }

    /** Stops sending and waits for the answers still due. */
    public void stop() throws InterruptedException {
        vertx.cancelTimer(timer);
        var deadline =
                System.nanoTime() + Duration.ofMillis(2 * ANSWER_TIMEOUT_MILLIS).toNanos();
        while (outstanding.get() > 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private CallScript.Webhook next() {
        if (upcoming.isEmpty()) {
            interleave();
        }
        var webhook = upcoming.removeFirst();
        if (random.nextInt(20) == 0) {
            upcoming.addLast(webhook);
        }
        return webhook;
    }

    /** The next calls, their webhooks mixed but each call's in order. */
    private void interleave() {
        var calls = new java.util.ArrayList<ArrayDeque<CallScript.Webhook>>();
        for (var i = 0; i < OPEN_CALLS; i++) {
            calls.add(new ArrayDeque<>(CallScript.next(random, Instant.now())));
        }
        while (!calls.isEmpty()) {
            var call = calls.get(random.nextInt(calls.size()));
            upcoming.addLast(call.removeFirst());
            if (call.isEmpty()) {
                calls.remove(call);
            }
        }
    }

    private void send(CallScript.Webhook webhook) {
        var entry = ledger.sending(webhook.eventId(), webhook.callId());
        outstanding.incrementAndGet();
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(url.getHost())
                .setPort(url.getPort())
                .setURI(url.getPath())
                .setTimeout(ANSWER_TIMEOUT_MILLIS);
        client.request(options)
                .compose(request -> request.send(Buffer.buffer(webhook.body())))
                .compose(response -> body(entry, response))
                .onComplete(unused -> outstanding.decrementAndGet());
    }

    private static io.vertx.core.Future<Buffer> body(Ledger.Entry entry, HttpClientResponse response) {
        return response.body().onSuccess(body -> entry.answered(response.statusCode(), body.toString()));
    }
}
