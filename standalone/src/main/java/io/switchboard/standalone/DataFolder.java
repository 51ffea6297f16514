package io.switchboard.standalone;

import io.switchboard.runtime.StartFailure;
import io.switchboard.standalone.embedded.EmbeddedPostgres;
import io.switchboard.standalone.embedded.FileTree;
import io.switchboard.standalone.embedded.PrivateFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Everything that one machine's Switchboard keeps, held by one process at a time.
 *
 * <pre>
 * data/
 *   switchboard-data   marks the folder as ours, and is the lock
 *   kafka/             the broker's log
 *   postgres/          the database, its programs, its password
 *   spool/             webhooks that wait for the brokers
 *   webhook-token      made on first start, readable by the owner alone
 *   admin-token        the same
 * </pre>
 */
final class DataFolder implements AutoCloseable {

    private static final String MARKER = "switchboard-data";
    private static final String WEBHOOK_TOKEN = "webhook-token";
    private static final String ADMIN_TOKEN = "admin-token";
    private static final List<String> OURS = List.of("kafka", "postgres", "spool", WEBHOOK_TOKEN, ADMIN_TOKEN);
    // What a volume may hold without being in use.
    private static final List<String> NOBODYS = List.of("lost+found", ".DS_Store");
    private static final long LEAST_FREE_BYTES = 512L << 20;

    private final Path root;
    private final FileChannel lock;

    /** What to do with what an earlier run left. */
    enum Past {
        KEEP,
        DELETE
    }

    private DataFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    static DataFolder open(Path wanted, Past past) {
        var root = wanted.toAbsolutePath().normalize();
        try {
            refuseStrangers(root);
            Files.createDirectories(root);
            var folder = new DataFolder(root, lock(root));
            if (past == Past.DELETE) {
                folder.deleteOurs();
            }
            folder.refuseWhenNearlyFull();
            return folder;
        } catch (IOException e) {
            throw new StartFailure(
                    "cannot use the data folder " + root + ": " + e + "; set --data to a folder that can be written",
                    e);
        }
    }

    Path root() {
        return root;
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path spool() {
        return root.resolve("spool");
    }

    String webhookToken() {
        return secret(WEBHOOK_TOKEN);
    }

    String adminToken() {
        return secret(ADMIN_TOKEN);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StartFailure("cannot release " + root, e);
        }
    }

    private String secret(String name) {
        try {
            return PrivateFile.readOrCreate(root.resolve(name), PrivateFile::newSecret);
        } catch (IOException e) {
            throw new StartFailure("cannot read or write " + root.resolve(name) + ": " + e, e);
        }
    }

    private static void refuseStrangers(Path root) throws IOException {
        if (!Files.exists(root) || Files.exists(root.resolve(MARKER))) {
            return;
        }
        if (!Files.isDirectory(root)) {
            throw new StartFailure("the data folder " + root + " is a file: set --data to a folder");
        }
        try (var entries = Files.list(root)) {
            if (entries.anyMatch(entry -> !NOBODYS.contains(entry.getFileName().toString()))) {
                throw new StartFailure("the folder " + root
                        + " holds files that are not Switchboard's: set --data to an empty or a new folder");
            }
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        var marker = FileChannel.open(root.resolve(MARKER), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (marker.tryLock() != null) {
                return marker;
            }
        } catch (OverlappingFileLockException e) {
            // held by this same process: as refused as by another one
        }
        marker.close();
        throw new StartFailure("another Switchboard already runs on " + root
                + ": stop it first, or set --data (and --port-offset) for a second one");
    }

    private void deleteOurs() throws IOException {
        EmbeddedPostgres.awaitPredecessor(postgres());
        for (var name : OURS) {
            FileTree.delete(root.resolve(name));
        }
    }

    private void refuseWhenNearlyFull() throws IOException {
        var free = Files.getFileStore(root).getUsableSpace();
        if (free < LEAST_FREE_BYTES) {
            throw new StartFailure("the disk of the data folder " + root + " has " + (free >> 20)
                    + " MB left and " + (LEAST_FREE_BYTES >> 20)
                    + " MB are needed: free some, or set --data to another disk");
        }
    }
}
