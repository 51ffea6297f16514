package io.switchboard.projector.api.table;

import io.switchboard.projector.api.query.ReportPlan;
import io.switchboard.projector.api.query.ReportQuestion;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/** Figures from where {@link ReportPlan} says: the same question is always answered from the same place. */
public final class ChosenFigures implements FigureQueries {
    private final FigureQueries calls;
    private final HourFigures hours = new HourFigures();

    /** @param calls reads the calls themselves */
    public ChosenFigures(FigureQueries calls) {
        this.calls = calls;
    }

    @Override
    public Future<List<GroupFigures>> read(SqlConnection connection, ReportQuestion question) {
        return switch (ReportPlan.of(question)) {
            case ReportPlan.Hours plan -> hours.read(connection, question, plan);
            case ReportPlan.Calls unused -> calls.read(connection, question);
        };
    }

    @Override
    public String source(ReportQuestion question) {
        return ReportPlan.of(question).word();
    }

    @Override
    public Future<List<Part>> readParts(SqlConnection connection, ReportQuestion question) {
        return switch (ReportPlan.of(question)) {
            case ReportPlan.Hours unused -> FigureQueries.super.readParts(connection, question);
            case ReportPlan.Calls unused -> calls.readParts(connection, question); // all directions in one walk
        };
    }
}
