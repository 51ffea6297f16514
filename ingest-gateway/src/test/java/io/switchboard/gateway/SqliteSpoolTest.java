package io.switchboard.gateway;

import static io.switchboard.gateway.GatewayFixtures.envelope;
import static io.switchboard.gateway.GatewayFixtures.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.event.Envelope;
import io.switchboard.event.EventId;
import io.switchboard.gateway.NotDurable.Reason;
import io.switchboard.gateway.Spool.Spooled;
import io.switchboard.runtime.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SqliteSpoolTest {
    private static final long LIMIT = 1L << 20;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private SqliteSpool spool;

    @BeforeEach
    void open() {
        spool = SqliteSpool.open(vertx, folder, LIMIT);
    }

    @AfterEach
    void close() {
        spool.close();
        vertx.close().await();
    }

    @Test
    void keepsEveryPartOfAnEventInTheOrderOfArrival() {
        append(1, 2, 3);

        var kept = spool.oldest(0, 10);

        assertThat(kept).extracting(Spooled::sequence).containsExactly(1L, 2L, 3L);
        assertThat(kept.stream().map(Spooled::envelope))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(envelope(1), envelope(2), envelope(3));
    }

    @Test
    void oldestIsBoundedAndBeginsBehindASequenceNumber() {
        append(1, 2, 3);

        assertThat(spool.oldest(0, 2)).extracting(Spooled::sequence).containsExactly(1L, 2L);
        assertThat(spool.oldest(2, 2)).extracting(Spooled::sequence).containsExactly(3L);
    }

    @Test
    void manyAppendsAtOnceAreAllKept() {
        var appends = LongStream.range(0, 1_000)
                .mapToObj(number -> spool.append(envelope(number)))
                .toList();

        Future.all(appends).await();

        assertThat(spool.status().records()).isEqualTo(1_000);
    }

    @Test
    void whatWasAcknowledgedIsThereAfterACrash() throws IOException {
        append(1, 2);
        var copy = Files.createDirectory(folder.resolve("after-crash"));
        for (var file : List.of("spool.db", "spool.db-wal")) { // as the disk is now, without any closing
            Files.copy(folder.resolve(file), copy.resolve(file));
        }

        var reopened = SqliteSpool.open(vertx, copy, LIMIT);

        assertThat(reopened.oldest(0, 10)).hasSize(2);
        assertThat(reopened.status()).isEqualTo(spool.status());
        reopened.close();
    }

    @Test
    void aTornWriteAheadLogIsCutNotACrash() throws IOException {
        append(1);
        append(2);
        var copy = Files.createDirectory(folder.resolve("torn"));
        Files.copy(folder.resolve("spool.db"), copy.resolve("spool.db"));
        var log = Files.readAllBytes(folder.resolve("spool.db-wal"));
        Files.write(copy.resolve("spool.db-wal"), java.util.Arrays.copyOf(log, log.length - 1_000));

        var reopened = SqliteSpool.open(vertx, copy, LIMIT);

        assertThat(reopened.oldest(0, 10)).extracting(Spooled::sequence).containsExactly(1L);
        reopened.close();
    }

    @Test
    void sequenceNumbersDoNotRepeatAfterTheSpoolWasEmpty() {
        append(1);
        spool.remove(spool.oldest(0, 1));
        spool.close();
        spool = SqliteSpool.open(vertx, folder, LIMIT);

        append(2);

        assertThat(spool.oldest(0, 1)).extracting(Spooled::sequence).containsExactly(2L);
    }

    @Test
    void aFullSpoolRefusesAtOnceAndTakesAgainWhenThereIsRoom() {
        var big = 100_000;
        while (spool.status().bytes() + SpoolTable.size(envelope(1, big)) <= LIMIT) {
            spool.append(envelope(1, big)).await();
        }

        assertThat(reason(spool.append(envelope(2, big)))).isEqualTo(Reason.SPOOL_FULL);

        spool.remove(spool.oldest(0, 1));
        spool.append(envelope(2, big)).await();
        assertThat(spool.status().bytes()).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void queuedEventsCountTowardsTheLimitToo() {
        var appends = new ArrayList<Future<Void>>();
        for (var i = 0; i < 100; i++) {
            appends.add(spool.append(envelope(i, 100_000)));
        }

        Future.join(appends).otherwiseEmpty().await();

        assertThat(appends.stream().filter(Future::succeeded)).hasSizeBetween(9, 10);
        assertThat(spool.status().bytes()).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void anEventSetAsideStaysAndLetsTheOthersPass() {
        append(1, 2);

        spool.setAside(1, "too large");

        assertThat(spool.oldest(0, 10)).extracting(Spooled::sequence).containsExactly(2L);
        assertThat(spool.status().records()).isEqualTo(2);
        assertThat(spool.status().oldestMillis())
                .isEqualTo(envelope(1).receivedAt().toEpochMilli());
    }

    @Test
    void theOldestTimeIsThatOfTheHeadAndZeroWhenEmpty() {
        append(5, 6);
        until(() -> spool.status().oldestMillis() == envelope(5).receivedAt().toEpochMilli());

        spool.remove(spool.oldest(0, 2));

        until(() -> spool.status().oldestMillis() == 0);
    }

    @Test
    void findsAnEventByItsId() {
        append(1, 2);

        assertThat(spool.find(envelope(2).id()).map(Envelope::key)).contains("call-2");
        assertThat(spool.find(new EventId(9, 9))).isEmpty();
    }

    @Test
    void aSecondGatewayOnTheFolderIsRefusedInOneLine() {
        assertThatThrownBy(() -> SqliteSpool.open(vertx, folder, LIMIT))
                .isInstanceOf(StartFailure.class)
                .hasMessage("cannot open the spool in %s (SPOOL_DIR): another process has it open", folder);
    }

    @Test
    void afterTheCloseNobodyWaits() {
        spool.close();

        assertThat(reason(spool.append(envelope(1)))).isEqualTo(Reason.STOPPING);
        assertThatThrownBy(() -> spool.oldest(0, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> spool.remove(List.of())).isInstanceOf(IllegalStateException.class);
        assertThat(spool.status().accepting()).isFalse();
    }

    @Test
    void closeCommitsWhatIsQueued() {
        var appends = LongStream.range(0, 100)
                .mapToObj(number -> spool.append(envelope(number)))
                .toList();

        spool.close();

        Future.all(appends).await();
        spool = SqliteSpool.open(vertx, folder, LIMIT);
        assertThat(spool.status().records()).isEqualTo(100);
    }

    @Test
    void appendsThatRaceWithTheCloseAreAllAnswered() throws InterruptedException {
        var appends = new ArrayList<Future<Void>>();
        var racer = Thread.ofPlatform().start(() -> {
            for (var i = 0; i < 2_000; i++) {
                appends.add(spool.append(envelope(i, 1)));
            }
        });

        spool.close();
        racer.join();

        Future.join(appends).otherwiseEmpty().await();
        var kept = appends.stream().filter(Future::succeeded).count();
        spool = SqliteSpool.open(vertx, folder, LIMIT);
        assertThat(spool.status().records()).isEqualTo(kept);
    }

    @Test
    void roomIsGivenBackToTheDiskWhenTheSpoolIsEmpty() throws IOException {
        for (var i = 0; i < 9; i++) {
            spool.append(envelope(i, 100_000)).await();
        }

        spool.remove(spool.oldest(0, 100));

        until(() -> size("spool.db") < 200_000 && size("spool.db-wal") == 0);
    }

    @Test
    void runningTotalsAreWhatARecountGives() throws SQLException {
        var seed = 20260309L;
        System.out.println("SqliteSpoolTest seed " + seed);
        var random = new SplittableRandom(seed);
        for (var round = 0; round < 150; round++) {
            operate(random);
        }

        var totals = spool.status();
        spool.close();
        var table = SpoolTable.open(folder.resolve(SpoolTable.FILE));
        assertThat(table.totals()).isEqualTo(new SpoolTable.Totals(totals.records(), totals.bytes()));
        table.close();
        spool = SqliteSpool.open(vertx, folder, LIMIT);
    }

    private void operate(SplittableRandom random) {
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> {
                var appends = random.longs(random.nextInt(1, 20), 0, 1 << 20)
                        .mapToObj(number -> spool.append(envelope(number, random.nextInt(0, 2_000))))
                        .toList();
                Future.join(appends).otherwiseEmpty().await();
            }
            case 3 -> spool.remove(spool.oldest(random.nextInt(0, 50), random.nextInt(1, 30)));
            case 4 -> spool.oldest(0, 1).forEach(event -> spool.setAside(event.sequence(), "refused"));
            default -> {
                spool.close();
                spool = SqliteSpool.open(vertx, folder, LIMIT);
            }
        }
    }

    private void append(long... numbers) {
        for (var number : numbers) {
            spool.append(envelope(number)).await();
        }
    }

    private long size(String file) {
        return folder.resolve(file).toFile().length();
    }

    private static Reason reason(Future<Void> append) {
        assertThat(append.cause()).isInstanceOf(NotDurable.class);
        return ((NotDurable) append.cause()).reason();
    }
}
