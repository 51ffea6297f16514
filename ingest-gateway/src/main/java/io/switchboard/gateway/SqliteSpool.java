package io.switchboard.gateway;

import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.runtime.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool in an SQLite database (WAL, {@code synchronous=FULL}), owned by one thread.
 *
 * <p><b>Theory of operation.</b> Callers queue commands and never touch the database. The owner takes whatever has gathered
 * since its last turn and commits all of its events as one group: one fsync for many events, and the slower the disk, the
 * larger the groups. An append completes after the commit of its group, so an acknowledged event survives a crash of the
 * process or of the machine; a group that fails to commit is rolled back as a whole and fails each of its appends, so
 * nothing is half-written. Recovery after a crash is SQLite's own.
 *
 * <p>Admission is decided by the caller's thread from memory: bytes committed plus bytes queued against the limit, room left
 * on the disk as of the last turn, whether the last write failed, and whether the owner has been inside one turn for too
 * long. So a full, failing or hanging disk answers at once instead of growing the queue. A twentieth of the disk, at most
 * 256 MiB, is left free for everything else. A disk that failed is tried again with a mark that counts for nothing, so that
 * no event is needed to find out that it works again, or that it stopped working.
 *
 * <p>Sequence numbers never repeat, also after the spool was empty. After the end of the owner nobody waits: a command that
 * comes too late fails.
 */
public final class SqliteSpool implements Spool, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteSpool.class);
    private static final int GROUP_LIMIT = 4_096;
    private static final long IDLE_TURN_MILLIS = 500;
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PROOF_AGE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long CALL_SECONDS = 3;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    private static final long MOST_BYTES_KEPT_FREE = 256L << 20;

    private final Vertx vertx;
    private final Path directory;
    private final long maxBytes;
    private final SpoolTable table;
    private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final Thread owner;
    private volatile Status committed;
    private volatile long busySince;
    private volatile boolean closed;
    private volatile boolean ended;
    private boolean failing;
    private long provedAt = System.nanoTime();

    private SqliteSpool(Vertx vertx, Path directory, long maxBytes, SpoolTable table) throws SQLException {
        this.vertx = vertx;
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.table = table;
        var totals = table.totals();
        this.committed = new Status(totals.records(), totals.bytes(), table.oldestMillis(), hasRoom());
        this.owner = Thread.ofPlatform().daemon().name("spool").unstarted(this::run);
    }

    /**
     * Opens or creates the spool of a folder. Blocking.
     *
     * @throws StartFailure when the folder cannot be used or another gateway holds it
     */
    public static SqliteSpool open(Vertx vertx, Path directory, long maxBytes) {
        try {
            Files.createDirectories(directory);
            var spool =
                    new SqliteSpool(vertx, directory, maxBytes, SpoolTable.open(directory.resolve(SpoolTable.FILE)));
            spool.owner.start();
            return spool;
        } catch (IOException | SQLException e) {
            var reason = SpoolTable.isHeldByAnother(e) ? "another process has it open" : e.getMessage();
            throw new StartFailure("cannot open the spool in %s (SPOOL_DIR): %s".formatted(directory, reason), e);
        }
    }

    @Override
    public Future<Void> append(Envelope envelope) {
        var refusal = refusal();
        if (refusal != null) {
            return Future.failedFuture(new NotDurable(refusal));
        }
        var size = SpoolTable.size(envelope);
        // Queued first: what moves to committed meanwhile is then counted twice, never not at all.
        var queued = queuedBytes.addAndGet(size);
        if (committed.bytes() + queued > maxBytes) {
            var unused = queuedBytes.addAndGet(-size);
            return Future.failedFuture(new NotDurable(NotDurable.Reason.SPOOL_FULL));
        }
        Promise<Void> promise = ((ContextInternal) vertx.getOrCreateContext()).promise();
        order(new Command.Append(envelope, size, promise));
        return promise.future();
    }

    private NotDurable.@Nullable Reason refusal() {
        if (closed) {
            return NotDurable.Reason.STOPPING;
        }
        return isStuck() || !committed.accepting() ? NotDurable.Reason.SPOOL_FAILING : null;
    }

    @Override
    public List<Spooled> oldest(long after, int limit) {
        return call(() -> table.oldest(after, limit));
    }

    @Override
    public void remove(List<Spooled> events) {
        var unused = call(() -> count(table.remove(events)));
    }

    @Override
    public void setAside(long sequence, String reason) {
        var unused = call(() -> table.setAside(sequence, reason));
    }

    @Override
    public Optional<Envelope> find(EventId id) {
        return call(() -> table.find(id));
    }

    @Override
    public Status status() {
        var now = committed;
        var room = now.bytes() + queuedBytes.get() < maxBytes;
        return new Status(
                now.records(), now.bytes(), now.oldestMillis(), now.accepting() && room && !closed && !isStuck());
    }

    /** Commits what is queued and closes the database; gives up on a disk that hangs. Blocking. */
    @Override
    public void close() {
        closed = true;
        order(new Command.Stop());
        try {
            if (!owner.join(CLOSE_LIMIT)) {
                LOG.error(
                        "the spool's disk does not answer: its last events may not be durable, none was acknowledged");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isStuck() {
        var since = busySince;
        return since != 0 && System.nanoTime() - since > STUCK_NANOS;
    }

    private <T> T call(Query<T> query) {
        var answer = new CompletableFuture<T>();
        order(new Command.Ask<>(query, answer));
        try {
            return answer.get(CALL_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the disk does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Whoever looks last, this or the owner's end, sees the command: nobody waits for an owner that is gone. */
    private void order(Command command) {
        commands.add(command);
        if (ended) {
            failLeftovers();
        }
    }

    private void run() {
        var group = new ArrayList<Command>();
        while (!group.contains(new Command.Stop())) {
            group.clear();
            gather(group);
            busySince = System.nanoTime() | 1;
            serve(group);
            busySince = 0;
        }
        table.close();
        ended = true;
        failLeftovers();
    }

    private void gather(List<Command> group) {
        try {
            var first = commands.poll(IDLE_TURN_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                group.add(first);
                var unused = commands.drainTo(group, GROUP_LIMIT - 1);
            }
        } catch (InterruptedException e) {
            LOG.debug("nobody interrupts the spool to stop it", e);
        }
    }

    private void serve(List<Command> group) {
        var appends = new ArrayList<Command.Append>();
        for (var command : group) {
            switch (command) {
                case Command.Append append -> appends.add(append);
                case Command.Ask<?> ask -> ask.serve();
                case Command.Stop stop -> {}
            }
        }
        commit(appends);
        prove();
        refresh();
        if (group.isEmpty() && committed.records() == 0) {
            shrink();
        }
    }

    private void commit(List<Command.Append> appends) {
        if (appends.isEmpty()) {
            return;
        }
        var size = appends.stream().mapToLong(Command.Append::size).sum();
        var isKept = insert(appends);
        if (isKept) {
            var unused = count(new SpoolTable.Totals(-appends.size(), -size));
        }
        var unused = queuedBytes.addAndGet(-size);
        for (var append : appends) { // last, so that whoever hears of it finds the totals right
            if (isKept) {
                append.promise().complete();
            } else {
                append.fail(NotDurable.Reason.SPOOL_FAILING);
            }
        }
    }

    private boolean insert(List<Command.Append> appends) {
        try {
            table.insert(appends.stream().map(Command.Append::envelope).toList());
            provedAt = System.nanoTime();
            return true;
        } catch (SQLException | RuntimeException e) {
            failing("cannot write", e);
            return false;
        }
    }

    /** Takes what was removed off the totals. */
    private boolean count(SpoolTable.Totals removed) {
        var now = committed;
        committed = new Status(
                now.records() - removed.records(), now.bytes() - removed.bytes(), now.oldestMillis(), now.accepting());
        return true;
    }

    /** Writes a mark when the last proof that the disk takes writes is old, or was none. */
    private void prove() {
        if (!failing && System.nanoTime() - provedAt < PROOF_AGE_NANOS) {
            return;
        }
        try {
            table.mark();
            provedAt = System.nanoTime();
            if (failing) {
                failing = false;
                LOG.info("the spool works again");
            }
        } catch (SQLException e) {
            failing("cannot write", e);
        }
    }

    private void refresh() {
        var now = committed;
        try {
            committed = new Status(now.records(), now.bytes(), table.oldestMillis(), !failing && hasRoom());
        } catch (SQLException e) {
            failing("cannot read", e);
            committed = new Status(now.records(), now.bytes(), now.oldestMillis(), false);
        }
    }

    private void shrink() {
        try {
            table.shrink();
        } catch (SQLException e) {
            failing("cannot shrink", e);
        }
    }

    /** Says it once, not with every event. */
    private void failing(String what, Exception cause) {
        if (!failing) {
            failing = true;
            LOG.error("the spool {}: {}", what, cause.getMessage());
        }
    }

    private void failLeftovers() {
        for (var command = commands.poll(); command != null; command = commands.poll()) {
            switch (command) {
                case Command.Append append -> append.fail(NotDurable.Reason.STOPPING);
                case Command.Ask<?> ask -> ask.fail();
                case Command.Stop stop -> {}
            }
        }
    }

    private boolean hasRoom() {
        var file = directory.toFile();
        return file.getUsableSpace() > Math.min(MOST_BYTES_KEPT_FREE, file.getTotalSpace() / 20);
    }

    private interface Query<T> {
        T run() throws SQLException;
    }

    /** What callers ask of the owner. */
    private sealed interface Command {
        record Append(Envelope envelope, long size, Promise<Void> promise) implements Command {
            void fail(NotDurable.Reason reason) {
                promise.fail(new NotDurable(reason));
            }
        }

        record Ask<T>(Query<T> query, CompletableFuture<T> answer) implements Command {
            void serve() {
                try {
                    var unused = answer.complete(query.run());
                } catch (SQLException | RuntimeException e) {
                    var unused = answer.completeExceptionally(e);
                }
            }

            void fail() {
                var unused = answer.completeExceptionally(new IllegalStateException("the spool is closed"));
            }
        }

        record Stop() implements Command {}
    }
}
