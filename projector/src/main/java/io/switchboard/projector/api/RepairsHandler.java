package io.switchboard.projector.api;

import io.switchboard.projector.api.RepairOrders.Draft;
import io.switchboard.projector.api.query.JsonBody;
import io.switchboard.projector.repair.RebuildOrder;
import io.switchboard.projector.repair.RebuildOrder.From;
import io.switchboard.projector.repair.ReplayOrder;
import io.switchboard.projector.repair.ReplayableTopics;
import io.switchboard.sync.Order;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** {@code POST /v1/replays} and {@code POST /v1/rebuilds}. */
final class RepairsHandler {
    private static final long MOST_PARTITIONS = 10_000;
    private static final long LARGEST_OFFSET = Long.MAX_VALUE - 1;
    private static final String TOPICS = "one of " + String.join(", ", ReplayableTopics.WORDS);
    private static final String SOURCES = "events or topics";

    private final RepairOrders orders;

    RepairsHandler(RepairOrders orders) {
        this.orders = orders;
    }

    Future<Answer> replay(ApiRequest request) {
        var body = OrdersHandler.body(request);
        var order = range(body);
        var key = OrdersHandler.key(request);
        var fault = Refusals.first(request.parameters().problem(), body.problem(), key.problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        if (request.account() != null) {
            return Future.succeededFuture(Refusals.allAccounts());
        }
        var known = order.orElseThrow();
        return orders.give(
                request,
                new Draft(
                        Order.Kind.REPLAY,
                        null,
                        List.of(known.topic()),
                        known.from(),
                        known.to(),
                        known.json(),
                        key.value()));
    }

    Future<Answer> rebuild(ApiRequest request) {
        var body = OrdersHandler.body(request);
        var from = body.needed("from", SOURCES, RepairsHandler::source);
        var compareOnly = body.flag("compare_only");
        var key = OrdersHandler.key(request);
        var fault = Refusals.first(request.parameters().problem(), body.problem(), key.problem());
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        if (request.account() != null) {
            return Future.succeededFuture(Refusals.allAccounts());
        }
        var work = new RebuildOrder(from.orElseThrow(), compareOnly).json();
        return orders.give(request, new Draft(Order.Kind.REBUILD, null, List.of(), null, null, work, key.value()));
    }

    private static Optional<ReplayOrder> range(JsonBody body) {
        var topic = body.needed("topic", TOPICS, word -> Optional.of(word).filter(ReplayableTopics.WORDS::contains));
        var from = body.time("from");
        var to = body.time("to");
        var partition = body.whole("partition", MOST_PARTITIONS);
        var fromOffset = body.whole("from_offset", LARGEST_OFFSET);
        var toOffset = body.whole("to_offset", LARGEST_OFFSET);
        if (body.problem().isPresent() || topic.isEmpty()) {
            return Optional.empty();
        }
        var byTime = from.isPresent() || to.isPresent();
        var byOffset = partition.isPresent() || fromOffset.isPresent() || toOffset.isPresent();
        if (byTime == byOffset) {
            body.reject("from", "takes either from and to, or partition, from_offset and to_offset");
        } else if (byTime) {
            bothAndOrdered(
                    body, new Ends<>("from", from, "to", to), () -> from.get().isBefore(to.get()));
        } else if (partition.isEmpty()) {
            body.reject("partition", "is missing: takes the partition of the offsets");
        } else {
            bothAndOrdered(
                    body,
                    new Ends<>("from_offset", fromOffset, "to_offset", toOffset),
                    () -> fromOffset.get() < toOffset.get());
        }
        return Optional.of(new ReplayOrder(
                topic.get(),
                from.orElse(null),
                to.orElse(null),
                partition.map(Long::intValue).orElse(null),
                fromOffset.orElse(null),
                toOffset.orElse(null)));
    }

    private record Ends<T>(String begin, Optional<T> from, String end, Optional<T> to) {}

    private static <T> void bothAndOrdered(JsonBody body, Ends<T> ends, BooleanSupplier ordered) {
        if (ends.from().isEmpty() || ends.to().isEmpty()) {
            var missing = ends.from().isEmpty() ? ends.begin() : ends.end();
            body.reject(missing, "is missing: a range has two ends");
        } else if (!ordered.getAsBoolean()) {
            body.reject(ends.begin(), "has to be before " + ends.end());
        }
    }

    private static Optional<From> source(String word) {
        return Arrays.stream(From.values())
                .filter(from -> from.word().equals(word))
                .findFirst();
    }
}
