package io.switchboard.projector.api;

import io.switchboard.call.Call;
import io.switchboard.http.Problem;
import io.switchboard.projector.api.Answer.Refusal;
import io.switchboard.projector.api.guard.RateLimits;
import io.switchboard.projector.api.order.Admission;
import io.switchboard.projector.api.order.OrderStore;
import io.switchboard.sync.Job;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The errors that every route shares. */
final class Refusals {
    private static final String REALM = "Bearer realm=\"switchboard\"";

    private Refusals() {}

    static Refusal unauthorized(boolean presented) {
        return new Refusal(
                Problem.of(
                        401,
                        "unauthorized",
                        "Unauthorized",
                        presented
                                ? "The bearer token is not known here."
                                : "This resource asks for a token: Authorization: Bearer …"),
                Map.of("WWW-Authenticate", presented ? REALM + ", error=\"invalid_token\"" : REALM));
    }

    /** A token that was checked and is good, but gives no role of this system. */
    static Refusal withoutRole() {
        return new Refusal(
                Problem.of(403, "forbidden", "Forbidden", "The token gives its bearer no role here."),
                Map.of("WWW-Authenticate", REALM + ", error=\"insufficient_scope\""));
    }

    static Refusal rateLimited(RateLimits.Turn turn) {
        return new Refusal(
                Problem.of(
                        429,
                        "rate-limited",
                        "Too many requests",
                        "This caller may ask " + turn.limit() + " times a minute. Come back in " + turn.seconds()
                                + " seconds."),
                Map.of("Retry-After", Long.toString(turn.seconds())));
    }

    static Refusal forbidden(String role) {
        return new Refusal(Problem.of(403, "forbidden", "Forbidden", "The role " + role + " may not do this."));
    }

    static Refusal maskedFilter(String parameter) {
        var detail = "is not for roles that see masked numbers: its answers would undo the masking";
        return new Refusal(new Problem(
                403,
                "forbidden",
                "Forbidden",
                "The parameter " + parameter + " " + detail + ".",
                List.of(new Problem.Fault(parameter, detail))));
    }

    static Refusal noSuchPath() {
        return new Refusal(Problem.of(
                404, "not-found", "Not found", "There is nothing at this path; /openapi.json lists what is."));
    }

    /** Says the same whether the thing does not exist or the caller may not know of it. */
    static Refusal noSuch(String thing) {
        return new Refusal(Problem.of(404, "not-found", "Not found", "There is no such " + thing + "."));
    }

    static Refusal methodNotAllowed(String allowed) {
        return new Refusal(
                Problem.of(405, "method-not-allowed", "Method not allowed", "This path takes " + allowed + "."),
                Map.of("Allow", allowed));
    }

    static Refusal badRequest(int status, String detail) {
        return new Refusal(Problem.of(status, "bad-request", "Bad request", detail));
    }

    /** A path's parameter that can name nothing. */
    static Refusal badId(String parameter, String takes) {
        return new Refusal(new Problem(
                400,
                "invalid-parameter",
                "Invalid parameter",
                parameter + " takes " + takes,
                List.of(new Problem.Fault(parameter, "takes " + takes))));
    }

    static Refusal unavailable(String detail) {
        return new Refusal(Problem.of(503, "unavailable", "Service unavailable", detail), Map.of("Retry-After", "5"));
    }

    static Refusal exportsTaken() {
        return new Refusal(
                Problem.of(
                        503,
                        "exports-busy",
                        "Too many exports",
                        "Others take files away at the moment. It is free again when one of them is done."),
                Map.of("Retry-After", "30"));
    }

    static Refusal tooManyExports(int most) {
        return new Refusal(
                Problem.of(
                        429,
                        "too-many-exports",
                        "Too many exports at once",
                        "One caller may take " + most + " files away at a time."),
                Map.of("Retry-After", "30"));
    }

    /** As many follow the stream here as may. */
    static Refusal streamsFull() {
        return new Refusal(
                Problem.of(
                        503,
                        "too-many-streams",
                        "Too many streams",
                        "As many clients follow the stream as this instance takes. Come back later."),
                Map.of("Retry-After", "10"));
    }

    /** As many follow the stream under one token as may. */
    static Refusal tooManyStreams() {
        return new Refusal(
                Problem.of(
                        429,
                        "too-many-streams",
                        "Too many streams",
                        "As many clients follow the stream under this token as may. Share one stream between tabs."),
                Map.of("Retry-After", "10"));
    }

    /** A poller that cannot take orders. */
    static Refusal closed(Admission.Closed closed) {
        var wait = closed.retryAfter();
        return wait == null
                ? new Refusal(closed.problem())
                : new Refusal(
                        closed.problem(), Map.of("Retry-After", Long.toString(Math.max(1, wait.toSeconds() + 1))));
    }

    static Refusal logUnavailable(String detail) {
        return new Refusal(
                Problem.of(503, OrderStore.LOG_UNAVAILABLE, "The log is unavailable", detail),
                Map.of("Retry-After", "5"));
    }

    static Refusal keyReused() {
        return new Refusal(Problem.of(
                422,
                "idempotency-key-reused",
                "The idempotency key was used before",
                "This Idempotency-Key belongs to an order with another body. A new order takes a new key."));
    }

    static Refusal jobIsOver(Job job) {
        return new Refusal(Problem.of(
                409,
                "job-is-over",
                "The job is over",
                "The job is " + Call.word(job.status()) + " already: there is nothing to cancel."));
    }

    /** There is one repair at a time. */
    static Refusal repairUnderway(Job job) {
        return new Refusal(
                Problem.of(
                        409,
                        "repair-underway",
                        "A repair is underway",
                        "There is one replay or rebuild at a time, and job " + job.id() + " (" + Call.word(job.kind())
                                + ") is " + Call.word(job.status()) + "."),
                Map.of("Retry-After", "10"));
    }

    /** Something that would touch what other accounts own. */
    static Refusal allAccounts() {
        return new Refusal(Problem.of(
                403, "forbidden", "Forbidden", "This concerns all accounts, and this token is bound to one."));
    }

    static Refusal internal() {
        return new Refusal(Problem.of(
                500,
                "internal-error",
                "Internal error",
                "Something went wrong on this side. The log names it under the request id."));
    }

    /** The first of the problems that is there. */
    @SafeVarargs
    static Optional<Answer> first(Optional<Problem>... problems) {
        for (var problem : problems) {
            if (problem.isPresent()) {
                return problem.map(Refusal::new);
            }
        }
        return Optional.empty();
    }
}
