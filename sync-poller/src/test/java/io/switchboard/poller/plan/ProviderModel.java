package io.switchboard.poller.plan;

import io.switchboard.poller.plan.Failure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The provider as its documents and its users describe it, without a network: lists, faults and the day's limit. */
final class ProviderModel {
    static final int LIMIT = 2500;

    /** What a request brought: its outcome, and the calls on the page. */
    record Answer(Outcome outcome, List<SimulatedCall> calls) {}

    private final SplittableRandom random;
    private final List<SimulatedCall> calls;
    private final Duration anchor;
    private final boolean newestFirst;
    private final boolean filtersByEnd;
    private final int othersADay;
    private final Kind refusal;
    private final Map<Long, Integer> ours = new TreeMap<>();

    @Nullable
    Instant downFrom;

    @Nullable
    Instant downTo;

    double faultRate = 0.002;
    private @Nullable Instant tokenUntil;
    int refused;

    ProviderModel(SplittableRandom random, List<SimulatedCall> calls, int othersADay) {
        this.random = random;
        this.calls = calls.stream()
                .sorted(Comparator.comparing(SimulatedCall::start))
                .toList();
        this.othersADay = othersADay;
        anchor = Duration.ofMinutes(random.nextInt(24 * 60));
        newestFirst = random.nextBoolean();
        filtersByEnd = random.nextBoolean();
        refusal = random.nextBoolean() ? Kind.LIMIT_EXCEEDED : Kind.FORBIDDEN;
    }

    /** Most requests of ours in any of the provider's days. */
    int mostInOneDay() {
        return ours.values().stream().mapToInt(n -> n).max().orElse(0);
    }

    int ours() {
        return ours.values().stream().mapToInt(n -> n).sum();
    }

    Answer answer(Command command, Instant now) {
        var day = Math.floorDiv(now.minus(anchor).getEpochSecond(), Times.DAY.toSeconds());
        var count = ours.merge(day, 1, Integer::sum);
        if (downFrom != null && downTo != null && !now.isBefore(downFrom) && now.isBefore(downTo)) {
            var kinds = List.of(Kind.UNREACHABLE, Kind.TIMED_OUT, Kind.SERVER_ERROR);
            return failed(kinds.get(random.nextInt(3)));
        }
        var sinceTurn = Math.floorMod(now.minus(anchor).getEpochSecond(), Times.DAY.toSeconds());
        if (count + othersADay * sinceTurn / Times.DAY.toSeconds() > LIMIT) {
            refused++;
            return failed(refusal);
        }
        if (random.nextDouble() < faultRate) {
            var kinds = List.of(Kind.SERVER_ERROR, Kind.TIMED_OUT, Kind.MALFORMED, Kind.THROTTLED);
            return failed(kinds.get(random.nextInt(4)));
        }
        return switch (command) {
            case Command.LogIn in -> loggedIn(now);
            case Command.Renew renew -> loggedIn(now);
            case Command.Fetch fetch ->
                tokenUntil == null || now.isAfter(tokenUntil)
                        ? failed(Kind.TOKEN_REJECTED)
                        : page(fetch.request(), now);
            case Command.Perform perform -> new Answer(new Outcome.Performed(), List.of());
            case Command.Pause pause -> throw new IllegalArgumentException("a pause is no request");
        };
    }

    private Answer loggedIn(Instant now) {
        var early = random.nextInt(4) == 0;
        tokenUntil = now.plus(early ? Duration.ofHours(3) : Times.DAY);
        return new Answer(new Outcome.LoggedIn(now.plus(Times.DAY)), List.of());
    }

    private static Answer failed(Kind kind) {
        return new Answer(new Outcome.Failed(new Failure(kind, "status", null)), List.of());
    }

    private Answer page(ProviderRequest request, Instant now) {
        return switch (request) {
            case ProviderRequest.Calls page -> calls(listed(page.from(), page.to(), now), page.skip(), page.pageSize());
            case ProviderRequest.OneCall one -> oneCall(one.id(), now);
            case ProviderRequest.Journal page -> {
                var rows = listed(page.from(), page.to(), now).size();
                var first = (page.page() - 1) * page.pageSize();
                yield rows(Math.clamp(rows - first, 0, page.pageSize()), null);
            }
            case ProviderRequest.Voicemails page -> rows(0, 0L);
            case ProviderRequest.PhoneNumbers all -> rows(4, null);
            case ProviderRequest.Team all -> rows(9, null);
            case ProviderRequest.Profile one -> rows(1, null);
            case ProviderRequest.OwnStatus own -> rows(1, null);
            case ProviderRequest.Contacts page -> {
                var first = (page.page() - 1) * page.pageSize();
                yield rows(page.updatedSince() == null ? Math.clamp(250 - first, 0, page.pageSize()) : 0, 250L);
            }
        };
    }

    private static Answer rows(int rows, @Nullable Long total) {
        return new Answer(new Outcome.Fetched(rows, total, 0), List.of());
    }

    private Answer calls(List<SimulatedCall> listed, int skip, int pageSize) {
        var page = listed.subList(Math.min(skip, listed.size()), (int) Math.min((long) skip + pageSize, listed.size()));
        return new Answer(new Outcome.Fetched(page.size(), (long) listed.size(), 0), page);
    }

    private Answer oneCall(String id, Instant now) {
        var number = Integer.parseInt(id.substring("call-".length()));
        return calls.stream()
                .filter(call -> call.number() == number && !call.listedAt().isAfter(now))
                .findFirst()
                .map(call -> new Answer(new Outcome.Fetched(1, null, 1), List.of(call)))
                .orElse(failed(Kind.NOT_FOUND));
    }

    private List<SimulatedCall> listed(Instant from, Instant to, Instant now) {
        var earliest = filtersByEnd ? from.minus(Duration.ofHours(6)) : from;
        var listed = new ArrayList<SimulatedCall>();
        for (int i = firstNotBefore(earliest); i < calls.size(); i++) {
            var call = calls.get(i);
            if (call.start().isAfter(to)) {
                break;
            }
            var at = filtersByEnd ? call.end() : call.start();
            if (!at.isBefore(from) && at.isBefore(to) && !call.listedAt().isAfter(now)) {
                listed.add(call);
            }
        }
        return newestFirst ? listed.reversed() : listed;
    }

    private int firstNotBefore(Instant time) {
        int low = 0;
        int high = calls.size();
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (calls.get(middle).start().isBefore(time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
