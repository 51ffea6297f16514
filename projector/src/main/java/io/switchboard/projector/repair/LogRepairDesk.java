package io.switchboard.projector.repair;

import io.switchboard.kafka.CloudEventCodec;
import io.switchboard.kafka.KafkaSettings;
import io.switchboard.projector.api.RepairDesk;
import io.switchboard.projector.api.table.DeadLetterQueries;
import io.switchboard.projector.api.view.DeadLetter;
import io.switchboard.projector.api.view.DryRun;
import io.switchboard.projector.api.view.Receipt;
import io.switchboard.projector.projection.Item;
import io.switchboard.projector.projection.Item.Refused;
import io.switchboard.projector.projection.RecordDecoder;
import io.switchboard.projector.projection.Rehearsal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/** Answers questions that take a look into the log: a few at a time, each on a virtual thread of its own. */
public final class LogRepairDesk implements RepairDesk {
    private static final int AT_A_TIME = 4;
    private static final int PATIENCE_SECONDS = 20;

    private final Vertx vertx;
    private final KafkaSettings kafka;
    private final PgConnectOptions database;
    private final Semaphore places = new Semaphore(AT_A_TIME);

    public LogRepairDesk(Vertx vertx, KafkaSettings kafka, PgConnectOptions database) {
        this.vertx = vertx;
        this.kafka = kafka;
        this.database = database;
    }

    @Override
    public Future<Optional<byte[]>> payload(Receipt.Place place) {
        return ask(() -> {
            try (var log = new LogReader(vertx, kafka, 1)) {
                return log.at(new TopicPartition(place.topic(), place.partition()), List.of(place.offset())).stream()
                        .findFirst()
                        .map(record -> record.value() == null ? new byte[0] : record.value());
            }
        });
    }

    @Override
    public Future<DryRun> rehearse(List<DeadLetter> letters, long matched) {
        return ask(() -> {
            try (var log = new LogReader(vertx, kafka, 1);
                    var rehearsal = Rehearsal.open(vertx, database)) {
                var decoder = new RecordDecoder(new CloudEventCodec(kafka));
                var found = new OriginalRecords(log, decoder, new DeadLetterQueries(kafka.topicPrefix())).of(letters);
                var dryRun = new DryRun(matched);
                var applicable = new ArrayList<Item>();
                for (var letter : letters) {
                    var item = found.get(letter.id());
                    if (item == null) {
                        dryRun.gone(letter.reason());
                    } else if (item instanceof Refused || item instanceof Item.State) {
                        dryRun.refused(letter.reason());
                    } else {
                        var before = rehearsal.refused();
                        rehearsal.rehearse(List.of(item));
                        if (rehearsal.refused() == before) {
                            dryRun.applies(letter.reason());
                            applicable.add(item);
                        } else {
                            dryRun.refused(letter.reason());
                        }
                    }
                }
                try (var together = Rehearsal.open(vertx, database)) { // two of one call change one row
                    together.rehearse(applicable);
                    dryRun.changes(together.changed());
                }
                return dryRun;
            }
        });
    }

    private <T> Future<T> ask(Callable<T> question) {
        var context = vertx.getOrCreateContext();
        if (!places.tryAcquire()) {
            return Future.failedFuture(new RejectedExecutionException("too many look into the log"));
        }
        var answer = new CompletableFuture<T>();
        var unused = Thread.ofVirtual().name("repair-desk").start(() -> {
            try {
                answer.complete(question.call());
            } catch (Exception e) { // the boundary of the question
                answer.completeExceptionally(e);
            } finally {
                places.release();
            }
        });
        return Future.fromCompletionStage(answer, context).timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
