package io.switchboard.projector.api.export;

import io.switchboard.projector.api.export.ExportConnections.Lease;
import io.switchboard.projector.api.table.ExportedCalls;
import io.switchboard.projector.api.table.ExportedCalls.Wanted;
import io.switchboard.projector.api.view.ReadCall;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way. While a batch is on its way to the client the next one is read, and no further: what the client
 * does not take is not read. A client that takes nothing for a while, or takes too long over all, is cut.
 *
 * <p>It ends once: complete, broken, or closed because the client went away. Only then does the audit know how many rows
 * left the house. Confined to the event loop of its request.
 */
public final class CallExport {
    private final Lease lease;
    private final ExportBounds bounds;
    private final Wanted wanted;
    private final CallFormat format;
    private final Audit audit;
    private final long deadline;
    private @Nullable ExportedCalls calls;
    private long rows;
    private boolean over;

    /** Hears of what leaves the house. */
    public interface Audit {
        /** Nothing leaves before this is written. */
        Future<Void> began();

        void ended(long rows, End end);
    }

    /** How an export ended. */
    public enum End {
        COMPLETE,
        BROKEN
    }

    public CallExport(Lease lease, ExportBounds bounds, Wanted wanted, CallFormat format, Audit audit) {
        this.lease = lease;
        this.bounds = bounds;
        this.wanted = wanted;
        this.format = format;
        this.audit = audit;
        this.deadline = System.nanoTime() + bounds.longest().toNanos();
    }

    public CallFormat format() {
        return format;
    }

    /** The first calls; until they are there, a failure can still be answered as one. */
    public Future<List<ReadCall>> first() {
        return lease.connect()
                .compose(connection -> ExportedCalls.open(connection, wanted, bounds.batch()))
                .compose(opened -> {
                    calls = opened;
                    return opened.next();
                })
                .compose(batch -> audit.began().map(batch));
    }

    /** Sends the calls, as fast as the client takes them. The stream is neither ended nor reset. */
    public Future<Void> sendTo(WriteStream<Buffer> client, List<ReadCall> first) {
        Promise<Void> sent = Promise.promise();
        write(client, over ? Buffer.buffer() : format.head());
        send(client, first, sent);
        return sent.future().onSuccess(done -> end(End.COMPLETE)).onFailure(broken -> end(End.BROKEN));
    }

    /** Stops it where it is, and what the database does for it; nothing when it is over. */
    public void close() {
        end(End.BROKEN);
    }

    // One promise for the whole file: a future for each batch that waits for the next one's would grow with the file.
    private void send(WriteStream<Buffer> client, List<ReadCall> batch, Promise<Void> sent) {
        if (over || calls == null) {
            sent.tryFail("the client went away");
        } else if (batch.isEmpty()) {
            sent.tryComplete();
        } else {
            var ahead = calls.next();
            write(client, format.encode(batch));
            rows += batch.size();
            taken(client)
                    .compose(drained -> ahead)
                    .onSuccess(next -> send(client, next, sent))
                    .onFailure(sent::tryFail);
        }
    }

    // A failed write shows as a closed connection, which closes the export.
    private static void write(WriteStream<Buffer> client, Buffer bytes) {
        if (bytes.length() > 0) {
            var unused = client.write(bytes);
        }
    }

    private Future<Void> taken(WriteStream<Buffer> client) {
        if (System.nanoTime() - deadline > 0) {
            return Future.failedFuture("the export took too long");
        }
        if (!client.writeQueueFull()) {
            return Future.succeededFuture();
        }
        Promise<Void> drained = Promise.promise();
        client.drainHandler(ready -> drained.tryComplete());
        return drained.future().timeout(bounds.stall().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void end(End end) {
        if (over) {
            return;
        }
        over = true;
        if (end == End.COMPLETE) {
            lease.close();
        } else {
            lease.abandon();
        }
        if (calls != null) {
            audit.ended(rows, end);
        }
    }
}
