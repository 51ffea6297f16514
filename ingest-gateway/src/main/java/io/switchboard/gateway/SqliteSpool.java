package io.switchboard.gateway;

import io.switchboard.event.Envelope;
import io.switchboard.runtime.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool in an SQLite database (WAL, {@code synchronous=FULL}), owned by one thread.
 *
 * <p><b>Theory of operation.</b> Callers queue commands and never touch the database. The owner takes whatever has gathered
 * since its last turn and commits all of it as one group: one fsync for many events, and the slower the disk, the larger
 * the groups. An append completes after the commit of its group, so an acknowledged event survives a crash of the process
 * or of the machine; a group that fails to commit is rolled back as a whole and fails each of its appends, so nothing is
 * half-written. Recovery after a crash is SQLite's own.
 *
 * <p>Admission is decided by the caller's thread from memory: bytes committed plus bytes queued against the limit, room left
 * on the disk as of the last turn, and whether the owner has been inside one commit for too long. So a full or hanging disk
 * answers at once instead of growing the queue. A twentieth of the disk, at most 256 MiB, is left free for everything else.
 *
 * <p>Sequence numbers never repeat, also after the spool was empty, so {@code removeThrough} cannot remove a later event.
 */
public final class SqliteSpool implements Spool, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteSpool.class);
    private static final int GROUP_LIMIT = 4_096;
    private static final long IDLE_CHECK_SECONDS = 2;
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(1);
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

    private SqliteSpool(Vertx vertx, Path directory, long maxBytes, SpoolTable table) throws SQLException {
        this.vertx = vertx;
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.table = table;
        var totals = table.totals();
        this.committed = new Status(totals.records(), totals.bytes(), table.oldestMillis(), hasRoom());
        this.owner = Thread.ofPlatform().name("spool").start(this::run);
    }

    /**
     * Opens or creates the spool of a folder. Blocking.
     *
     * @throws StartFailure when the folder cannot be used or another gateway holds it
     */
    public static SqliteSpool open(Vertx vertx, Path directory, long maxBytes) {
        try {
            Files.createDirectories(directory);
            return new SqliteSpool(vertx, directory, maxBytes, SpoolTable.open(directory.resolve("spool.db")));
        } catch (IOException | SQLException e) {
            throw new StartFailure(
                    "cannot open the spool in %s (SPOOL_DIR): %s".formatted(directory, e.getMessage()), e);
        }
    }

    @Override
    public Future<Void> append(Envelope envelope) {
        var size = SpoolTable.size(envelope);
        if (closed) {
            return Future.failedFuture(new NotDurable(NotDurable.Reason.STOPPING));
        }
        if (isStuck()) {
            return Future.failedFuture(new NotDurable(NotDurable.Reason.SPOOL_FAILING));
        }
        if (!committed.accepting() || committed.bytes() + queuedBytes.get() + size > maxBytes) {
            return Future.failedFuture(new NotDurable(NotDurable.Reason.SPOOL_FULL));
        }
        Promise<Void> promise = ((ContextInternal) vertx.getOrCreateContext()).promise();
        var unused = queuedBytes.addAndGet(size);
        commands.add(new Command.Append(envelope, size, promise));
        return promise.future();
    }

    @Override
    public List<Spooled> oldest(int limit) {
        return call(done -> new Command.Oldest(limit, done));
    }

    @Override
    public void removeThrough(long sequence) {
        var unused = call((CompletableFuture<Boolean> done) -> new Command.Remove(sequence, done));
    }

    @Override
    public void setAside(long sequence, String reason) {
        var unused = call((CompletableFuture<Boolean> done) -> new Command.SetAside(sequence, reason, done));
    }

    @Override
    public Status status() {
        var now = committed;
        var room = now.bytes() + queuedBytes.get() < maxBytes;
        return new Status(
                now.records(), now.bytes(), now.oldestMillis(), now.accepting() && room && !closed && !isStuck());
    }

    /** Commits what is queued and closes the database. Blocking. */
    @Override
    public void close() {
        closed = true;
        commands.add(new Command.Stop());
        try {
            owner.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isStuck() {
        var since = busySince;
        return since != 0 && System.nanoTime() - since > STUCK_NANOS;
    }

    private <T> T call(java.util.function.Function<CompletableFuture<T>, Command> command) {
        var done = new CompletableFuture<T>();
        commands.add(command.apply(done));
        return done.join();
    }

    private void run() {
        var group = new ArrayList<Command>();
        while (true) {
            group.clear();
            try {
                gather(group);
            } catch (InterruptedException e) {
                break;
            }
            busySince = System.nanoTime() | 1;
            serve(group);
            busySince = 0;
            if (group.contains(new Command.Stop())) {
                break;
            }
        }
        table.close();
    }

    private void gather(List<Command> group) throws InterruptedException {
        var first = commands.poll(IDLE_CHECK_SECONDS, TimeUnit.SECONDS);
        if (first != null) {
            group.add(first);
            var unused = commands.drainTo(group, GROUP_LIMIT - 1);
        }
    }

    private void serve(List<Command> group) {
        var appends = new ArrayList<Command.Append>();
        for (var command : group) {
            switch (command) {
                case Command.Append append -> appends.add(append);
                case Command.Oldest oldest -> answer(oldest.done(), () -> table.oldest(oldest.limit()));
                case Command.Remove remove -> answer(remove.done(), () -> remove(remove.sequence()));
                case Command.SetAside aside ->
                    answer(aside.done(), () -> table.setAside(aside.sequence(), aside.reason()));
                case Command.Stop stop -> {}
            }
        }
        commit(appends);
        refreshStatus(group.isEmpty());
    }

    private void commit(List<Command.Append> appends) {
        if (appends.isEmpty()) {
            return;
        }
        var size = appends.stream().mapToLong(Command.Append::size).sum();
        try {
            table.insert(appends.stream().map(Command.Append::envelope).toList());
            committed = committed.plus(appends.size(), size);
            appends.forEach(append -> append.promise().complete());
        } catch (SQLException e) {
            LOG.error("the spool cannot write: {}", e.getMessage());
            appends.forEach(append -> append.promise().fail(new NotDurable(NotDurable.Reason.SPOOL_FAILING)));
        } finally {
            var unused = queuedBytes.addAndGet(-size);
        }
    }

    private boolean remove(long sequence) throws SQLException {
        var removed = table.removeThrough(sequence);
        committed = committed.plus(-removed.records(), -removed.bytes());
        if (committed.records() == 0) {
            table.shrink();
        }
        return true;
    }

    /** An idle turn also writes a mark, so that a disk that turned read-only is noticed before an event needs it. */
    private void refreshStatus(boolean idle) {
        var now = committed;
        try {
            if (idle) {
                table.mark();
            }
            committed = new Status(now.records(), now.bytes(), table.oldestMillis(), hasRoom());
        } catch (SQLException e) {
            LOG.error("the spool does not work: {}", e.getMessage());
            committed = new Status(now.records(), now.bytes(), now.oldestMillis(), false);
        }
    }

    private boolean hasRoom() {
        try {
            var store = Files.getFileStore(directory);
            return store.getUsableSpace() > Math.min(MOST_BYTES_KEPT_FREE, store.getTotalSpace() / 20);
        } catch (IOException e) {
            return false;
        }
    }

    private interface Query<T> {
        T run() throws SQLException;
    }

    private static <T> void answer(CompletableFuture<T> done, Query<T> query) {
        try {
            var unused = done.complete(query.run());
        } catch (SQLException e) {
            var unused = done.completeExceptionally(e);
        }
    }

    /** What callers ask of the owner. */
    private sealed interface Command {
        record Append(Envelope envelope, long size, Promise<Void> promise) implements Command {}

        record Oldest(int limit, CompletableFuture<List<Spooled>> done) implements Command {}

        record Remove(long sequence, CompletableFuture<Boolean> done) implements Command {}

        record SetAside(long sequence, String reason, CompletableFuture<Boolean> done) implements Command {}

        record Stop() implements Command {}
    }
}
