package io.switchboard.projector.api;

import static io.switchboard.projector.api.access.Permission.READ_CALLS;

import io.switchboard.projector.api.table.ChosenFigures;
import io.switchboard.projector.api.table.DatedReads;
import io.switchboard.projector.api.table.RowFigures;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The reports. */
final class ReportRoutes {
    private ReportRoutes() {}

    static List<ApiRoute> of(DatedReads reads, ApiSettings settings, InstantSource clock) {
        var sources = new ReportSources(reads, new ChosenFigures(new RowFigures()), settings.zones(), clock);
        var summary = new SummaryHandler(sources, CallerSections.of(sources, settings.openCallTimeout()));
        var timeSeries = new TimeSeriesHandler(sources);
        var heatMap = new HeatMapHandler(sources);
        var routes = new ArrayList<>(List.of(
                new ApiRoute("/v1/metrics/summary", READ_CALLS, summary::show),
                new ApiRoute("/v1/metrics/timeseries", READ_CALLS, timeSeries::show),
                new ApiRoute("/v1/metrics/heatmap", READ_CALLS, heatMap::show)));
        routes.addAll(PeopleRoutes.of(sources, settings.openCallTimeout()));
        return List.copyOf(routes);
    }
}
