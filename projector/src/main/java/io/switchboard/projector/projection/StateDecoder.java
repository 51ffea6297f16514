package io.switchboard.projector.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.switchboard.event.Resource;
import io.switchboard.kafka.CloudEventCodec;
import io.switchboard.kafka.CloudEventCodec.Readable;
import io.switchboard.kafka.CloudEventCodec.Tombstone;
import io.switchboard.kafka.CloudEventCodec.Unreadable;
import io.switchboard.projector.projection.Item.Refused;
import io.switchboard.projector.projection.Item.State;
import io.switchboard.projector.projection.StateEntry.Forgotten;
import io.switchboard.projector.projection.StateEntry.Private;
import io.switchboard.projector.projection.StateEntry.Progress;
import io.switchboard.projector.projection.StateEntry.Report;
import io.switchboard.sync.BudgetReport;
import io.switchboard.sync.Job;
import io.switchboard.sync.PollerReport;
import io.switchboard.sync.ResourceReport;
import io.switchboard.sync.StateKey;
import io.switchboard.sync.SyncJson;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record of {@code sync-state}. A report counts only where it speaks of the account and entry of its key; entries
 * that this build does not know are passed over, as the language says.
 */
final class StateDecoder {
    private final CloudEventCodec codec;

    StateDecoder(CloudEventCodec codec) {
        this.codec = codec;
    }

    Item decode(ConsumerRecord<byte[], byte[]> record) {
        var key = record.key() == null ? null : StateKey.parse(new String(record.key(), UTF_8));
        if (key == null) {
            return refused(record, null, RefusalReason.UNREADABLE, "missing or malformed: the key account/entry");
        }
        return switch (codec.decode(record.topic(), record.key(), record.value(), record.headers())) {
            case Unreadable(var reason) -> refused(record, key, RefusalReason.UNREADABLE, reason);
            case Tombstone(var envelope) -> new State(record, new Forgotten(key));
            case Readable(var envelope) ->
                entry(key, envelope.value(), envelope.receivedAt())
                        .<Item>map(entry -> new State(record, entry))
                        .orElseGet(() -> refused(
                                record, key, RefusalReason.NOT_A_REPORT, "not what " + key.type() + " looks like"));
        };
    }

    private static Optional<StateEntry> entry(StateKey key, byte[] value, Instant writtenAt) {
        return switch (key.kind()) {
            case POLLER -> report(key, value, PollerReport.class, writtenAt, StateDecoder::isSound);
            case BUDGET -> report(key, value, BudgetReport.class, writtenAt, StateDecoder::isSound);
            case JOB ->
                SyncJson.read(value, Job.class).filter(job -> isSound(key, job)).map(job -> new Progress(key, job));
            case RESOURCE ->
                Resource.ofWord(key.entry()).isPresent()
                        ? report(key, value, ResourceReport.class, writtenAt, StateDecoder::isSound)
                        : Optional.of(new Private(key));
            case ORDERS -> Optional.of(new Private(key));
        };
    }

    private interface Check<T> {
        boolean holds(StateKey key, T report);
    }

    private static <T> Optional<StateEntry> report(
            StateKey key, byte[] value, Class<T> type, Instant writtenAt, Check<T> check) {
        Function<T, StateEntry> asReport =
                report -> new Report(key, new String(SyncJson.write(report), UTF_8), writtenAt);
        return SyncJson.read(value, type)
                .filter(report -> Calendar.holds(writtenAt) && check.holds(key, report))
                .map(asReport);
    }

    // JSON that lacks a member leaves null where the type promises a value.
    private static boolean isSound(StateKey key, PollerReport report) {
        return Objects.equals(report.account(), key.account())
                && Stream.of(report.state(), report.since(), report.reportedAt())
                        .noneMatch(Objects::isNull)
                && hold(report.until(), report.since(), report.reportedAt());
    }

    private static boolean isSound(StateKey key, BudgetReport report) {
        return Objects.equals(report.account(), key.account())
                && Objects.nonNull(report.reportedAt())
                && hold(report.blockedUntil(), report.reportedAt());
    }

    private static boolean isSound(StateKey key, ResourceReport report) {
        return Objects.equals(report.account(), key.account())
                && Objects.equals(report.resource(), key.entry())
                && hold(report.completeThrough(), report.lastSuccessAt(), report.lastAttemptAt(), report.nextAt());
    }

    private static boolean isSound(StateKey key, Job job) {
        return Objects.equals(job.account(), key.account())
                && key.entry().equals(StateKey.JOB_PREFIX + job.id())
                && Stream.of(job.kind(), job.status(), job.requestedBy(), job.requestedAt())
                        .noneMatch(Objects::isNull);
    }

    private static boolean hold(@Nullable Instant... times) {
        return Stream.of(times).filter(Objects::nonNull).allMatch(Calendar::holds);
    }

    private static Refused refused(
            ConsumerRecord<byte[], byte[]> record, @Nullable StateKey key, RefusalReason reason, String detail) {
        return new Refused(
                record,
                reason,
                detail,
                key == null ? null : PlainText.of(key.account()),
                null,
                key == null ? null : key.type(),
                null);
    }
}
