package io.switchboard.poller.plan;

import io.switchboard.event.Resource;
import io.switchboard.poller.plan.ResourceState.Asked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to do next: of all that is due and that the budget allows, the first in this order.
 *
 * <ol>
 *   <li>what a person has done
 *   <li>what a person waits for
 *   <li>the poll of calls
 *   <li>single calls that no window brings
 *   <li>the other resources, the most overdue first
 *   <li>the past
 * </ol>
 */
final class Agenda {
    static final Duration PROBE_EVERY = Duration.ofHours(1);
    static final int MOST_ATTEMPTS = 5;

    /** Before everything that is due: the longer a listing takes, the more of it changes meanwhile. */
    private static final Instant IN_HAND = Instant.EPOCH.minusSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_CALLS_ASKED_FOR = Duration.ofSeconds(20);
    private static final Duration BETWEEN_PROFILES = Duration.ofSeconds(30);
    private static final int MOST_PROFILES_A_DAY = 200;
    private static final int MOST_LOOKED_AT = 200;
    private static final Duration LONGEST_REST = Duration.ofHours(7);

    /** What may be in a path without being quoted. */
    private static final Pattern EXTENSION = Pattern.compile("\\w{1,16}");

    private static final List<Duration> PAUSES_BETWEEN_ATTEMPTS =
            List.of(Duration.ofMinutes(10), Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(6));

    /** Something to ask for, and when. */
    private record Wish(Instant at, Flight flight, Purpose purpose) {}

    private final Draft draft;

    private Agenda(Draft draft) {
        this.draft = draft;
    }

    static Command next(Draft draft) {
        return new Agenda(draft).next();
    }

    private Command next() {
        if (draft.trouble.keysRejected()) {
            return new Command.Pause(draft.now.plus(PROBE_EVERY));
        }
        if (draft.block != null && draft.block.probeAt().isAfter(draft.now)) {
            return pause(draft.block.probeAt());
        }
        var retryAt = draft.trouble.retryAt();
        if (retryAt != null && retryAt.isAfter(draft.now)) {
            return pause(retryAt);
        }
        var wishes = wishes();
        var due = wishes.stream().filter(wish -> !wish.at().isAfter(draft.now)).findFirst();
        if (due.isEmpty() && draft.block != null && draft.ledger.leftToLimit() > 0) {
            due = Optional.of(new Wish(draft.now, new Flight.Page(Resource.CALLS), Purpose.LIVE));
        }
        if (due.isPresent()) {
            return perform(due.get());
        }
        return pause(
                wishes.stream().map(Wish::at).min(Comparator.naturalOrder()).orElse(draft.now.plus(LONGEST_PAUSE)));
    }

    private Command pause(Instant until) {
        return new Command.Pause(
                Times.max(draft.now.plus(SHORTEST_PAUSE), Times.min(until, draft.now.plus(LONGEST_PAUSE))));
    }

    private List<Wish> wishes() {
        var wishes = new ArrayList<Wish>();
        Commands.waiting(draft)
                .map(job -> new Wish(
                        Commands.earliest(draft, job),
                        new Flight.Performing(job.job().id()),
                        Purpose.COMMANDS))
                .forEach(wishes::add);
        Jobs.current(draft, Purpose.COMMANDS).ifPresent(job -> wishes.add(wish(job, Duration.ZERO)));
        wishes.add(wish(Resource.CALLS));
        callToAskFor().ifPresent(wishes::add);
        var others = new ArrayList<Wish>();
        for (var resource : Resource.values()) {
            if (resource != Resource.CALLS) {
                others.add(wish(resource));
            }
        }
        profileToAskFor().ifPresent(others::add);
        others.sort(Comparator.comparing(Wish::at));
        wishes.addAll(others);
        Jobs.current(draft, Purpose.BACKFILL).ifPresent(job -> wishes.add(wish(job, Duration.ofSeconds(1))));
        return wishes.stream().map(this::affordable).toList();
    }

    /** Not before the purpose has something left. */
    private Wish affordable(Wish wish) {
        return draft.ledger.left(wish.purpose()) > 0
                ? wish
                : new Wish(Times.max(wish.at(), draft.ledger.freesAt(wish.purpose())), wish.flight(), wish.purpose());
    }

    private Wish wish(JobState job, Duration gap) {
        var resource = job.resource();
        var pause =
                job.failures() == 0 ? gap : Times.backOff(Duration.ofSeconds(5), Duration.ofMinutes(5), job.failures());
        var last = draft.resource(resource).report().lastAttemptAt();
        var at = last == null || pause.isZero()
                ? draft.now
                : Times.min(last, draft.now).plus(pause);
        return new Wish(at, new Flight.JobPage(job.job().id(), resource), job.purpose());
    }

    private Wish wish(Resource resource) {
        var one = draft.resource(resource);
        var at = one.run() != null ? IN_HAND : Cadence.dueAt(draft, resource);
        var rest = one.restUntil();
        if (rest != null && one.restsAt(draft.now, LONGEST_REST)) {
            at = Times.max(at, rest);
        }
        return new Wish(at, new Flight.Page(resource), Cadence.purpose(resource));
    }

    private Optional<Wish> callToAskFor() {
        var calls = draft.resource(Resource.CALLS);
        var gap = Times.max(BETWEEN_CALLS_ASKED_FOR, Cadence.pace(draft.ledger, Purpose.LIVE, 1, 0.3));
        var earliest = lastAsked(calls).map(at -> at.plus(gap)).orElse(draft.now);
        return draft.attention.askFor().stream()
                .limit(MOST_LOOKED_AT)
                .filter(id -> attemptsOf(calls, id) < MOST_ATTEMPTS)
                .map(id -> new Wish(
                        Times.max(earliest, againAt(calls.asked().get(id))),
                        new Flight.One(Resource.CALLS, id),
                        Purpose.LIVE))
                .min(Comparator.comparing(Wish::at));
    }

    private static int attemptsOf(ResourceState calls, String id) {
        var asked = calls.asked().get(id);
        return asked == null ? 0 : asked.attempts();
    }

    private Instant againAt(@Nullable Asked asked) {
        if (asked == null) {
            return draft.now;
        }
        var pause = PAUSES_BETWEEN_ATTEMPTS.get(Math.clamp(asked.attempts() - 1L, 0, 3));
        return Times.min(asked.at(), draft.now).plus(pause);
    }

    private Optional<Wish> profileToAskFor() {
        var profiles = draft.resource(Resource.PROFILES);
        var today = profiles.asked().values().stream()
                .filter(one -> Times.within(Times.DAY, one.at(), draft.now))
                .count();
        if (today >= MOST_PROFILES_A_DAY || draft.attention.extensions().isEmpty()) {
            return Optional.empty();
        }
        var gap = Times.max(BETWEEN_PROFILES, Cadence.pace(draft.ledger, Purpose.RESOURCES, 1, 0.25));
        var earliest = lastAsked(profiles).map(at -> at.plus(gap)).orElse(draft.now);
        return draft.attention.extensions().stream()
                .filter(extension -> EXTENSION.matcher(extension).matches())
                .limit(ResourceState.MOST_ASKED - 1)
                .map(extension -> new Wish(
                        Times.max(earliest, tomorrow(profiles.asked().get(extension))),
                        new Flight.One(Resource.PROFILES, extension),
                        Purpose.RESOURCES))
                .min(Comparator.comparing(Wish::at));
    }

    private Instant tomorrow(@Nullable Asked asked) {
        return asked == null ? draft.now : Times.min(asked.at(), draft.now).plus(Times.DAY);
    }

    private Optional<Instant> lastAsked(ResourceState one) {
        return one.asked().values().stream()
                .map(asked -> Times.min(asked.at(), draft.now))
                .max(Comparator.naturalOrder());
    }

    private Command perform(Wish wish) {
        if (draft.block != null) {
            // A probe: whatever comes of it, even nothing, the next one is an hour away.
            draft.block = new Block(draft.block.since(), draft.block.until(), draft.now.plus(PROBE_EVERY));
        }
        var token = draft.token;
        if (token == null) {
            return send(new Flight.LoggingIn(), Purpose.RESOURCES, new Command.LogIn());
        }
        if (!token.renewAt().isAfter(draft.now)) {
            return send(new Flight.Renewing(), Purpose.RESOURCES, new Command.Renew());
        }
        return wish.flight() instanceof Flight.Performing performing
                ? send(performing, wish.purpose(), Commands.send(draft, performing.id()))
                : send(wish.flight(), wish.purpose(), new Command.Fetch(request(wish.flight()), wish.purpose()));
    }

    private Command send(Flight flight, Purpose purpose, Command command) {
        draft.ledger = draft.ledger.spend(purpose);
        draft.flight = flight;
        return command;
    }

    private ProviderRequest request(Flight flight) {
        return switch (flight) {
            case Flight.LoggingIn in -> new ProviderRequest.OwnStatus();
            case Flight.Renewing re -> new ProviderRequest.OwnStatus();
            case Flight.Performing performing -> new ProviderRequest.OwnStatus();
            case Flight.Page page -> page(page.resource());
            case Flight.JobPage page -> jobPage(page);
            case Flight.One one -> one(one);
        };
    }

    private ProviderRequest page(Resource resource) {
        var state = draft.resource(resource);
        var run = state.run() == null ? Cadence.begin(draft, resource) : state.run();
        draft.put(resource, state.withRun(run).attempted(draft.now));
        return run.request(resource);
    }

    private ProviderRequest jobPage(Flight.JobPage page) {
        var job = Jobs.find(draft, page.id()).orElseThrow();
        var run = Jobs.run(draft, job);
        Jobs.replace(draft, job.withRun(run).requesting(draft.now));
        draft.put(page.resource(), draft.resource(page.resource()).attempted(draft.now));
        return run.request(page.resource());
    }

    private ProviderRequest one(Flight.One one) {
        var age = Duration.ofHours(30);
        var state = draft.resource(one.resource()).forgetting(draft.now, age);
        draft.put(one.resource(), state.asking(one.id(), draft.now).attempted(draft.now));
        return one.resource() == Resource.CALLS
                ? new ProviderRequest.OneCall(one.id())
                : new ProviderRequest.Profile(one.id());
    }
}
