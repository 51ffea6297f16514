package io.switchboard.simulator.api;

import io.switchboard.simulator.access.AccessSettings;
import io.switchboard.simulator.access.AccessSettings.KeyHeader;
import io.switchboard.simulator.access.Budget;
import io.switchboard.simulator.access.Tokens;
import io.switchboard.simulator.api.Endpoint.Access;
import io.switchboard.simulator.api.Tally.Charge;
import io.switchboard.simulator.api.Tally.Mishap;
import io.switchboard.simulator.api.Verdict.Ending;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Every request passes here first: it is counted, it may meet a fault, it must show who it is. Owned by the simulator's
 * event loop.
 *
 * <p>The order is the provider's as far as it is known: a request counts whatever becomes of it. Each request draws the same
 * count of random numbers, so that raising one probability leaves the other faults where they were.
 */
final class Gate {
    private static final int[] ERRORS = {500, 502, 503, 504};

    private final Tokens tokens;
    private final String apiKey;
    private final SplittableRandom random;
    private final Budget budget = new Budget();
    private final Tally tally = new Tally();
    private int burst;

    Gate(Tokens tokens, String apiKey, SplittableRandom random) {
        this.tokens = tokens;
        this.apiKey = apiKey;
        this.random = random;
    }

    /**
     * Who a request says it comes from.
     *
     * @param key {@code x-api-key}, or {@code client_id} of somebody who signs in
     * @param token the access token
     */
    record Visitor(Optional<String> key, Optional<String> token) {}

    Verdict judge(Endpoint endpoint, Visitor visitor, ApiSettings settings, Instant now) {
        var charge = charge(endpoint, visitor, settings.access(), now);
        tally.ask(endpoint, charge);
        var lot = Lot.draw(random, settings.faults());
        var delay = settings.faults().latency();
        if (charge == Charge.REFUSED) {
            tally.note(Mishap.LIMIT);
            return refuse(
                    delay, ApiAnswer.message(settings.access().limitAnswer().status(), "Limit Exceeded"));
        }
        if (settings.faults().down().on() && endpoint.access() != Access.SIGN_IN) {
            tally.note(Mishap.DOWN);
            return refuse(delay, ApiAnswer.message(503, "Service Unavailable"));
        }
        return fault(lot, settings.faults(), delay).orElseGet(() -> {
            if (endpoint.access() == Access.TOKEN && !authorized(visitor, settings.access(), now)) {
                tally.note(Mishap.UNAUTHORIZED);
                return refuse(delay, ApiAnswer.message(401, "Authorization has been denied for this request."));
            }
            return pass(lot, settings.faults(), delay);
        });
    }

    /** Whether a bearer token is in order. */
    boolean authorized(Visitor visitor, AccessSettings settings, Instant now) {
        var keyed = visitor.key().map(apiKey::equals).orElse(settings.keyHeader() == KeyHeader.OPTIONAL);
        return keyed
                && visitor.token()
                        .filter(token -> tokens.valid(token, now, settings))
                        .isPresent();
    }

    /** What was asked and refused so far. */
    JsonObject stats(AccessSettings settings) {
        var window = budget.window();
        var counted = new JsonObject()
                .put("limit", settings.dailyRequests())
                .put("counted", window == null ? 0 : window.counted())
                .put("refused", window == null ? 0 : window.refused())
                .put("started_at", window == null ? null : window.start().toString())
                .put("ends_at", window == null ? null : window.end().toString());
        return new JsonObject()
                .put("window", counted)
                .put("requests", tally.requests())
                .put("mishaps", tally.mishaps());
    }

    private Charge charge(Endpoint endpoint, Visitor visitor, AccessSettings settings, Instant now) {
        var known = visitor.key().filter(apiKey::equals).isPresent()
                || visitor.token().filter(tokens::known).isPresent();
        if (!known
                || endpoint.access() == Access.SIGN_IN
                        && !settings.countTokens().on()) {
            return Charge.FREE;
        }
        return budget.take(now, settings) ? Charge.COUNTED : Charge.REFUSED;
    }

    private Optional<Verdict> fault(Lot lot, ApiFaults faults, Duration delay) {
        if (lot.reset) {
            tally.note(Mishap.RESET);
            return Optional.of(new Verdict(delay, Ending.RESET, Optional.empty(), false, 0, 0));
        }
        if (lot.error || burst > 0) {
            burst = lot.error && burst == 0 ? faults.errorBurst() - 1 : burst - 1;
            tally.note(Mishap.ERROR);
            var status = ERRORS[(int) (lot.choice * ERRORS.length)];
            var answer = status == 500 ? ApiAnswer.message(500, "An error has occurred.") : ApiAnswer.page(status);
            return Optional.of(refuse(delay, answer));
        }
        if (lot.busy) {
            tally.note(Mishap.BUSY);
            return Optional.of(refuse(delay, ApiAnswer.message(429, "Too many requests")));
        }
        return Optional.empty();
    }

    private Verdict pass(Lot lot, ApiFaults faults, Duration delay) {
        if (lot.hang) {
            tally.note(Mishap.HANG);
        }
        if (lot.cut) {
            tally.note(Mishap.CUT);
        }
        return new Verdict(
                lot.hang ? delay.plus(faults.hangTime()) : delay,
                lot.cut ? Ending.CUT : Ending.WHOLE,
                Optional.empty(),
                lot.shift,
                faults.drift(),
                lot.choice);
    }

    /** Notes that a row slipped in. */
    void noteShift() {
        tally.note(Mishap.SHIFT);
    }

    private static Verdict refuse(Duration delay, ApiAnswer answer) {
        return new Verdict(delay, Ending.WHOLE, Optional.of(answer), false, 0, 0);
    }

    /** What chance gives a request. */
    private record Lot(
            boolean reset, boolean error, boolean busy, boolean hang, boolean cut, boolean shift, double choice) {
        static Lot draw(SplittableRandom random, ApiFaults faults) {
            return new Lot(
                    random.nextDouble() < faults.reset(),
                    random.nextDouble() < faults.error(),
                    random.nextDouble() < faults.busy(),
                    random.nextDouble() < faults.hang(),
                    random.nextDouble() < faults.cut(),
                    random.nextDouble() < faults.shift(),
                    random.nextDouble());
        }
    }
}
