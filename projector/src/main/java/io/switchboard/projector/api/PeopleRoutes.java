package io.switchboard.projector.api;

import static io.switchboard.projector.api.access.Permission.READ_CALLS;

import java.time.Duration;
import java.util.List;

/** The reports on people and numbers. */
final class PeopleRoutes {
    private PeopleRoutes() {}

    static List<ApiRoute> of(ReportSources sources, Duration openCallTimeout) {
        var people = new PeopleHandler(sources, openCallTimeout);
        var traffic = new TrafficHandler(sources, openCallTimeout);
        return List.of(
                new ApiRoute("/v1/metrics/agents", READ_CALLS, people::agents),
                new ApiRoute("/v1/metrics/numbers", READ_CALLS, traffic::numbers),
                new ApiRoute("/v1/metrics/missed", READ_CALLS, people::missed),
                new ApiRoute("/v1/metrics/concurrency", READ_CALLS, traffic::concurrency));
    }
}
