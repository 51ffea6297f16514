package io.switchboard.simulator;

import io.switchboard.simulator.api.ApiAccount;
import io.switchboard.simulator.api.ApiSettings;
import io.switchboard.simulator.delivery.Dispatcher;
import io.switchboard.simulator.delivery.WebhookSender;
import io.switchboard.simulator.media.MediaLinks;
import io.switchboard.simulator.rows.Reading;
import io.switchboard.simulator.script.CallKind;
import io.switchboard.simulator.script.Company;
import io.switchboard.simulator.world.AddressBook;
import io.switchboard.simulator.world.Arrivals;
import io.switchboard.simulator.world.Exchange;
import io.switchboard.simulator.world.Exchange.Dialling;
import io.switchboard.simulator.world.History;
import io.switchboard.simulator.world.SimulatedCall;
import io.switchboard.simulator.world.Staff;
import io.switchboard.simulator.world.TextMessage;
import io.switchboard.simulator.world.TextMessage.Way;
import io.switchboard.simulator.world.Texting;
import io.switchboard.simulator.world.Texting.Ends;
import io.switchboard.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;

/**
 * One account with its calls and their deliveries; {@link #step} moves it on. Owned by the simulator's event loop.
 *
 * <p>Live calls, calls made on demand and history each draw from their own random numbers, so that none of them changes
 * what the seed gives the others.
 */
final class SimulatedAccount implements ApiAccount {
    /** Keeps the events of a past call in order although many requests are under way at once. */
    private static final Duration HISTORY_SPACING = Duration.ofMillis(50);

    private final World world = new World();
    private final long seed;
    private final Exchange exchange;
    private final Dispatcher dispatcher;
    private final Arrivals arrivals;
    private final History history;
    private final Queue<Past> untold = new ArrayDeque<>();
    private final SplittableRandom liveCalls;
    private final SplittableRandom orderedCalls;
    private final SplittableRandom pastCalls;
    private final SplittableRandom extras;
    private final Company company = Company.standard();
    private final Staff staff = new Staff(company);
    private final Pastime pastime;
    private LiveSettings live;
    private String publicUrl = "http://127.0.0.1:8090";

    SimulatedAccount(SimulatorSettings settings, long seed, WebhookSender sender, Instant now) {
        var root = new SplittableRandom(seed);
        this.seed = seed;
        this.live = settings.live();
        this.exchange = new Exchange(company, settings.apiKey());
        this.dispatcher = new Dispatcher(settings.webhookUrls(), sender, settings.limits(), () -> live.retries(), now);
        this.arrivals = new Arrivals(root.split());
        this.history = new History(now, settings.historyWindow(), settings.historyCalls());
        this.liveCalls = root.split();
        this.orderedCalls = root.split();
        this.pastCalls = root.split();
        this.extras = root.split();
        rememberHistory(settings.historyCalls());
        this.pastime = new Pastime(company, world, settings, root.split(), now);
    }

    /** Makes the calls that have begun since the last step and sends what is due. */
    void step(Instant now) {
        for (var at : arrivals.step(now, live.callsPerMinute())) {
            var random = liveCalls.split();
            if (begin(CallKind.draw(random), at, random).isEmpty()) {
                world.skip();
            }
        }
        pastime.step(now, live.api().conduct());
        dispatcher.step(now);
        while ((history.hasNext() || !untold.isEmpty()) && dispatcher.idle()) {
            tellPastCall();
        }
    }

    /** Makes a call now; empty when too much waits to be delivered. */
    Optional<SimulatedCall> order(CallKind kind, Instant now) {
        return begin(kind, now, orderedCalls.split());
    }

    void change(LiveSettings settings) {
        live = settings;
    }

    LiveSettings live() {
        return live;
    }

    /** Where others reach this simulator: the beginning of every link. */
    void publicUrl(String url) {
        publicUrl = url;
    }

    /** A text message between somebody outside and the company, now. */
    TextMessage text(Way way, String text, Instant now) {
        var client = company.client(extras);
        var sender = way == Way.OUTBOUND ? staff.owner().extension() : null;
        return keep(Texting.write(way, new Ends(client, company.businessNumber(extras), sender), text, now, extras));
    }

    @Override
    public TextMessage send(String business, String client, String text, Instant now) {
        var ends = new Ends(client, business, staff.owner().extension());
        return keep(Texting.write(Way.OUTBOUND, ends, text, now, extras));
    }

    @Override
    public Optional<SimulatedCall> dial(String business, String client, Instant now) {
        var ours = staff.businessNumbers().contains(business)
                ? business
                : staff.businessNumbers().getFirst();
        var random = orderedCalls.split();
        var faults = random.split();
        return begin(
                exchange.dialled(new Dialling(staff.owner().extension(), ours, client), now, live.style(), random),
                faults);
    }

    @Override
    public void slipIn(Instant now) {
        var random = extras.split();
        var faults = random.split();
        var before = now.minus(live.api().listing().recordDelay());
        var call = exchange.past(before, before, live.style(), random);
        if (dispatcher.acceptPast(call, HISTORY_SPACING, live.faults(), faults)) {
            world.add(call);
        }
    }

    @Override
    public Reading reading(Instant now) {
        var api = live.api();
        return new Reading(now, api.rows(), api.listing(), new MediaLinks(publicUrl, api.media()), staff);
    }

    @Override
    public ApiSettings apiSettings() {
        return live.api();
    }

    @Override
    public AddressBook addressBook() {
        return pastime.addressBook();
    }

    @Override
    public Staff staff() {
        return staff;
    }

    @Override
    public World world() {
        return world;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    long seed() {
        return seed;
    }

    private Optional<SimulatedCall> begin(CallKind kind, Instant at, SplittableRandom random) {
        var faults = random.split();
        return begin(exchange.live(kind, at, live.style(), random), faults);
    }

    private Optional<SimulatedCall> begin(SimulatedCall call, SplittableRandom faults) {
        if (!dispatcher.accept(call, live.faults(), faults)) {
            return Optional.empty();
        }
        world.add(call);
        return Optional.of(call);
    }

    private TextMessage keep(TextMessage text) {
        world.add(text);
        return text;
    }

    /** Lists have the past from the start, however long it takes to be announced; a very long one comes bit by bit. */
    private void rememberHistory(int calls) {
        for (int i = 0; i < calls && calls <= World.MOST_CALLS; i++) {
            var past = pastCall();
            world.add(past.call);
            untold.add(past);
        }
    }

    private void tellPastCall() {
        var listed = !untold.isEmpty();
        var past = listed ? untold.remove() : pastCall();
        if (!dispatcher.acceptPast(past.call, HISTORY_SPACING, live.faults(), past.faults)) {
            world.skip();
        } else if (!listed) {
            world.add(past.call);
        }
    }

    private Past pastCall() {
        var random = pastCalls.split();
        var faults = random.split();
        return new Past(history.next(exchange, live.style(), random), faults);
    }

    /** A call of the past that has not been announced. */
    private record Past(SimulatedCall call, SplittableRandom faults) {}
}
