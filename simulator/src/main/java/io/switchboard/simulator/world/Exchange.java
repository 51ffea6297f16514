package io.switchboard.simulator.world;

import io.switchboard.simulator.script.CallKind;
import io.switchboard.simulator.script.CallScript;
import io.switchboard.simulator.script.Company;
import io.switchboard.simulator.script.ContactCentre;
import io.switchboard.simulator.script.ScriptedCall;
import io.switchboard.simulator.wire.WebhookCodec;
import io.switchboard.simulator.wire.WireSettings;
import io.switchboard.simulator.wire.WireSettings.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes calls, and gives live ones to extensions that are free as long as enough are. Owned by the event loop. */
public final class Exchange {
    private static final Duration FINISHED_BEFORE = Duration.ofSeconds(1);

    private final Company company;
    private final String apiKey;
    private final Map<String, Instant> busyUntil = new HashMap<>();

    public Exchange(Company company, String apiKey) {
        this.company = company;
        this.apiKey = apiKey;
    }

    /** A call that begins at {@code at}. */
    public SimulatedCall live(CallKind kind, Instant at, Style style, SplittableRandom random) {
        var free = company.with(
                extension -> !busyUntil.getOrDefault(extension, Instant.MIN).isAfter(at));
        return busy(new SimulatedCall(write(kind, free, style, random), at, style.speed(), codec(style)));
    }

    /** An outgoing call that somebody ordered; whether it is answered is left to chance. */
    public SimulatedCall dialled(Dialling order, Instant at, Style style, SplittableRandom random) {
        var kind = random.nextInt(4) == 0 ? CallKind.OUTGOING_UNANSWERED : CallKind.OUTGOING;
        var script = CallScript.write(kind, company, random).as(order.extension, order.business, order.client);
        return busy(new SimulatedCall(told(script, style), at, style.speed(), codec(style)));
    }

    /** Who is to call whom from which of our numbers. */
    public record Dialling(String extension, String business, String client) {}

    private SimulatedCall busy(SimulatedCall call) {
        call.script().extensions().forEach(extension -> busyUntil.merge(extension, call.endsAt(), Exchange::later));
        return call;
    }

    /** A call that begins at {@code at} or as much earlier as it takes to be over before {@code now}. */
    public SimulatedCall past(Instant at, Instant now, Style style, SplittableRandom random) {
        var script = write(CallKind.draw(random), company, style, random);
        var latest = now.minus(script.duration()).minus(FINISHED_BEFORE);
        return new SimulatedCall(script, at.isBefore(latest) ? at : latest, 1, codec(style));
    }

    /**
     * How calls are told at present.
     *
     * @param speed how many times faster than in life a call runs
     */
    public record Style(double speed, WireSettings wire) {}

    private static ScriptedCall write(CallKind kind, Company company, Style style, SplittableRandom random) {
        return told(CallScript.write(kind, company, random), style);
    }

    private static ScriptedCall told(ScriptedCall call, Style style) {
        return style.wire().names() == Names.CCAPI ? ContactCentre.tell(call) : call;
    }

    private WebhookCodec codec(Style style) {
        return new WebhookCodec(style.wire(), apiKey);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
