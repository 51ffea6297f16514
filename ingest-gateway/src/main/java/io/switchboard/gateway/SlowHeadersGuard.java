package io.switchboard.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request line and headers take too long to arrive, counted from the first byte of the request. Vert.x has no such limit: its idle time-out is reset by every byte, so a sender of one byte a second
 * would hold its connection for ever. This one sits in front of the HTTP decoder, on the connection's event loop.
 */
final class SlowHeadersGuard extends ChannelInboundHandlerAdapter {
    private static final AttributeKey<SlowHeadersGuard> KEY = AttributeKey.valueOf("switchboard.slow-headers");

    private final Duration limit;
    private final GatewayMetrics metrics;
    private @Nullable ScheduledFuture<?> deadline;
    private @Nullable HttpServerRequest current;
    private boolean answered;
    private long begun;

    private SlowHeadersGuard(Duration limit, GatewayMetrics metrics) {
        this.limit = limit;
        this.metrics = metrics;
    }

    /** Guards a new connection. */
    static void install(HttpConnection connection, Duration limit, GatewayMetrics metrics) {
        var guard = new SlowHeadersGuard(limit, metrics);
        var channel = ((ConnectionBase) connection).channel();
        channel.attr(KEY).set(guard);
        channel.pipeline().addFirst("slow-headers", guard);
    }

    /** The guard of a connection. */
    static SlowHeadersGuard of(HttpConnection connection) {
        return ((ConnectionBase) connection).channel().attr(KEY).get();
    }

    /** The headers of a request are complete; what follows is its body. */
    void requestBegan(HttpServerRequest request) {
        current = request;
        answered = false;
        begun++;
        disarm();
    }

    /** The request was answered: once its body is through as well, the next byte begins another. */
    void requestAnswered() {
        answered = true;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        var beginsRequest = isBetweenRequests() && message instanceof ByteBuf bytes && bytes.isReadable();
        var begunBefore = begun;
        super.channelRead(context, message);
        // Armed after the decoder has seen the bytes: a request that came whole, the usual case, costs no timer.
        if (beginsRequest && begun == begunBefore && deadline == null) {
            deadline = context.executor().schedule(() -> hangUp(context), limit.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private boolean isBetweenRequests() {
        return current == null || (answered && current.isEnded());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        disarm();
        super.channelInactive(context);
    }

    private void hangUp(ChannelHandlerContext context) {
        metrics.headersTimedOut(limit.toNanos());
        var unused = context.close();
    }

    private void disarm() {
        if (deadline != null) {
            var unused = deadline.cancel(false);
            deadline = null;
        }
    }
}
