package io.switchboard.projector.api;

import static io.switchboard.projector.api.access.Permission.COMMAND;
import static io.switchboard.projector.api.access.Permission.ORDER;
import static io.switchboard.projector.api.access.Permission.PLAY_RECORDINGS;
import static io.switchboard.projector.api.access.Permission.READ_CALLS;
import static io.switchboard.projector.api.access.Permission.READ_JOBS;
import static io.switchboard.projector.api.access.Permission.READ_PIPELINE;
import static io.switchboard.projector.api.access.Permission.READ_RECEIPTS;
import static io.switchboard.projector.api.access.Permission.USE_COMPATIBILITY;
import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

import io.switchboard.projector.api.order.OrderStore;
import io.switchboard.projector.api.stream.ChangeStream;
import io.switchboard.projector.api.table.CallQueries;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.DeadLetterQueries;
import io.switchboard.projector.api.table.Listing;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** The table of contents of the query API. */
final class ApiRoutes {
    /** The paths of the dashboard that was there before. */
    private static final String DASHBOARD = "/api/admin/mightycall";

    private ApiRoutes() {}

    /** @param stream the instance's stream of changes */
    static List<ApiRoute> of(Vertx vertx, ApiSettings settings, ApiSources sources, ChangeStream stream) {
        var clock = sources.clock();
        var reads = new DatedReads(sources.pool());
        var queries = new CallQueries(settings.openCallTimeout());
        var calls = new CallsHandler(reads, queries, clock);
        var timeline = new TimelineHandler(vertx, reads);
        var receipts = new ReceiptsHandler(reads, sources.receipts());
        var pipeline = new PipelineHandler(reads, sources.pipeline(), clock);
        var letters = new DeadLetterQueries(settings.topicPrefix());
        var coverage = new CoverageHandler(reads);
        var openApi = new OpenApiHandler();
        var store = new OrderStore(sources.effects().writes());
        var orders = new Orders(store, sources.effects().orders(), clock);
        var zones = settings.zones();
        var ordering = new OrdersHandler(reads, orders, zones.accounts(), clock);
        var jobs = new JobsHandler(reads, orders, store);
        var recording = new RecordingHandler(reads, store, sources.effects().recordings());
        var compatibility = new CompatibilityHandler(reads, zones);
        var compatibleSync = new CompatibilitySyncHandler(vertx, reads, orders, zones.accounts(), clock);
        var routes = new ArrayList<ApiRoute>();
        routes.addAll(RepairRoutes.of(reads, letters, store, sources));
        routes.addAll(List.of(
                new ApiRoute("/v1/calls", READ_CALLS, calls::list),
                new ApiRoute("/v1/calls/{id}", READ_CALLS, calls::one),
                new ApiRoute("/v1/calls/{id}/events", READ_CALLS, timeline::list),
                new ApiRoute("/v1/calls/{id}/recording", PLAY_RECORDINGS, recording::play),
                new ApiRoute(POST, "/v1/sync", ORDER, ordering::sync),
                new ApiRoute(POST, "/v1/backfills", ORDER, ordering::backfill),
                new ApiRoute("/v1/jobs", READ_JOBS, jobs::list),
                new ApiRoute("/v1/jobs/{id}", READ_JOBS, jobs::one),
                new ApiRoute(DELETE, "/v1/jobs/{id}", ORDER, jobs::cancel),
                new ApiRoute(DASHBOARD + "/phone-numbers", USE_COMPATIBILITY, compatibility::phoneNumbers),
                new ApiRoute(DASHBOARD + "/extensions", USE_COMPATIBILITY, compatibility::extensions),
                new ApiRoute(DASHBOARD + "/reports", USE_COMPATIBILITY, compatibility::reports),
                new ApiRoute(POST, DASHBOARD + "/sync", USE_COMPATIBILITY, compatibleSync::sync),
                new ApiRoute("/v1/receipts/{event_id}", READ_RECEIPTS, receipts::one),
                new ApiRoute("/v1/coverage", READ_PIPELINE, coverage::list),
                new ApiRoute("/v1/pipeline", READ_PIPELINE, pipeline::show),
                new ApiRoute("/openapi.json", null, openApi::show)));
        for (var listing : Listing.values()) {
            var rows = new RowsHandler(reads, listing);
            routes.add(new ApiRoute("/v1/" + listing.word(), READ_CALLS, rows::list));
            routes.add(new ApiRoute("/v1/" + listing.word() + "/{id}", READ_CALLS, rows::one));
        }
        routes.addAll(ExportRoutes.of(settings, sources, reads));
        routes.addAll(AuditRoutes.of(sources, reads));
        routes.addAll(ReportRoutes.of(reads, settings, clock));
        routes.addAll(LiveRoutes.of(settings, sources, stream));
        routes.addAll(commands(new CommandsHandler(vertx, ordering)));
        return List.copyOf(routes);
    }

    /** What is done at the provider. */
    private static List<ApiRoute> commands(CommandsHandler commands) {
        return List.of(
                new ApiRoute(POST, "/v1/messages", COMMAND, commands::sendMessage),
                new ApiRoute(POST, "/v1/calls", COMMAND, commands::makeCall),
                new ApiRoute(PUT, "/v1/agents/me/status", COMMAND, commands::setStatus),
                new ApiRoute(POST, "/v1/contacts", COMMAND, commands::createContact),
                new ApiRoute(PUT, "/v1/contacts/{id}", COMMAND, commands::updateContact),
                new ApiRoute(DELETE, "/v1/contacts/{id}", COMMAND, commands::deleteContact),
                new ApiRoute(POST, "/v1/journal/{id}/comment", COMMAND, commands::setComment),
                new ApiRoute(DELETE, "/v1/journal/{id}/comment", COMMAND, commands::deleteComment));
    }
}
