package io.switchboard.projector.api;

import io.switchboard.call.Call.Direction;
import io.switchboard.call.Call.Outcome;
import io.switchboard.projector.api.Answer.Page;
import io.switchboard.projector.api.Answer.Resource;
import io.switchboard.projector.api.query.Attribution;
import io.switchboard.projector.api.query.CallsLink;
import io.switchboard.projector.api.query.Cursor;
import io.switchboard.projector.api.query.FollowUpQuestion;
import io.switchboard.projector.api.query.PageRequest;
import io.switchboard.projector.api.query.ReportParameters;
import io.switchboard.projector.api.query.ReportParameters.Limits;
import io.switchboard.projector.api.table.AgentFigureQueries;
import io.switchboard.projector.api.table.AgentFigureQueries.Team;
import io.switchboard.projector.api.table.FollowUpQueries;
import io.switchboard.projector.api.table.Snapshot;
import io.switchboard.projector.api.view.PeopleView;
import io.switchboard.projector.api.view.ReportView;
import io.switchboard.projector.report.FollowUp;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/metrics/agents} and {@code GET /v1/metrics/missed}. */
final class PeopleHandler {
    private static final Set<Outcome> LOST = EnumSet.of(Outcome.MISSED, Outcome.VOICEMAIL, Outcome.DROPPED);
    private static final int USUAL_WINDOW_HOURS = 24;
    private static final Limits WINDOW_HOURS = new Limits(1, 720);
    private static final List<String> NOTES_ON_AGENTS = List.of(
            "A call that rings several extensions is a ring attempt of each: no_answer of all agents adds up to more than the"
                    + " calls missed.",
            "occupancy is an estimate: a status is known from when it was seen, and it is looked for every sampling_seconds.");

    private final ReportSources sources;
    private final AgentFigureQueries agents;
    private final FollowUpQueries followUps;

    /** @param openCallTimeout the silence after which nobody knows whether a call goes on */
    PeopleHandler(ReportSources sources, Duration openCallTimeout) {
        this.sources = sources;
        this.agents = new AgentFigureQueries(openCallTimeout);
        this.followUps = new FollowUpQueries(openCallTimeout);
    }

    private record AgentTerms(ReportParameters report, Attribution attribution, int minSamples) {}

    Future<Answer> agents(ApiRequest request) {
        var parameters = request.parameters();
        var report = sources.parameters(request);
        var attribution = parameters
                .single("attribution", "one of " + String.join(", ", Attribution.words()), Attribution::ofWord)
                .orElse(Attribution.FIRST_ANSWERED);
        var terms = new AgentTerms(report, attribution, ReportParameters.minSamples(parameters));
        var fault = ReportSources.fault(request);
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var question = sources.question(request, report);
        return sources.reads()
                .read(
                        request.account(),
                        connection -> Snapshot.of(connection, () -> agents.read(connection, question, attribution)))
                .map(dated -> new Resource(team(dated.value(), terms), dated.freshness()));
    }

    private static Map<String, @Nullable Object> team(Team team, AgentTerms terms) {
        var report = terms.report();
        var range = report.period().bucket();
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("attribution", terms.attribution().word());
        shown.put("min_samples", terms.minSamples());
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("range", ReportView.range(report.period()));
        json.put("terms", shown);
        json.put(
                "agents",
                team.agents().stream()
                        .map(agent -> PeopleView.agent(
                                agent,
                                terms.minSamples(),
                                report.link().withExtension(agent.extension()).in(range)))
                        .toList());
        json.put("unattributed", team.unattributed());
        json.put("notes", NOTES_ON_AGENTS);
        json.put("links", Map.of("calls", report.link().in(range)));
        return json;
    }

    private record MissedTerms(ReportParameters report, int hours, int minSamples, PageRequest page, long list) {}

    Future<Answer> missed(ApiRequest request) {
        var terms = missedTerms(request);
        var fault = ReportSources.fault(request)
                .or(() -> Refusals.first(terms.page().problem()));
        if (fault.isPresent()) {
            return Future.succeededFuture(fault.get());
        }
        var limit = terms.page().limit();
        var question = new FollowUpQuestion(
                sources.question(request, terms.report()),
                Duration.ofHours(terms.hours()),
                terms.page().after(),
                limit + 1);
        return sources.reads()
                .read(request.account(), connection -> followUps.read(connection, question))
                .map(dated -> {
                    var callers = dated.value().callers();
                    var shown = callers.subList(0, Math.min(limit, callers.size()));
                    var next = callers.size() > limit ? FollowUpQueries.cursor(terms.list(), shown.getLast()) : null;
                    return new Page(
                            shown.stream()
                                    .map(caller -> PeopleView.caller(caller, request.masking()))
                                    .toList(),
                            besideCallers(dated.value(), terms),
                            next,
                            dated.freshness());
                });
    }

    private MissedTerms missedTerms(ApiRequest request) {
        var parameters = request.parameters();
        var report = sources.parameters(request).within(parameters, ReportSources.MOST_DAYS_CALL_BY_CALL);
        var hours = ReportParameters.whole(parameters, "window_hours", WINDOW_HOURS, USUAL_WINDOW_HOURS);
        var minSamples = ReportParameters.minSamples(parameters);
        // By the words of the request: what "until now" means moves on from page to page.
        var list = Cursor.fingerprint(
                "missed",
                request.account(),
                report.calls(),
                parameters.given("from"),
                parameters.given("to"),
                report.period().zone(),
                hours);
        return new MissedTerms(report, hours, minSamples, PageRequest.of(parameters, list, FollowUpQueries.TIES), list);
    }

    private static Map<String, @Nullable Object> besideCallers(FollowUp followUp, MissedTerms terms) {
        var report = terms.report();
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("window_hours", terms.hours());
        shown.put("min_samples", terms.minSamples());
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("range", ReportView.range(report.period()));
        json.put("terms", shown);
        json.put("totals", PeopleView.followUp(followUp.totals(), terms.minSamples()));
        json.put("links", Map.of("calls", lost(report).in(report.period().bucket())));
        return json;
    }

    private static CallsLink lost(ReportParameters report) {
        var outcomes = EnumSet.copyOf(LOST);
        if (!report.calls().outcomes().isEmpty()) {
            outcomes.retainAll(report.calls().outcomes());
        }
        return report.link().withDirection(Direction.INBOUND).withOutcomes(outcomes.isEmpty() ? LOST : outcomes);
    }
}
