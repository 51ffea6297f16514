package io.switchboard.projector.api.query;

import io.switchboard.projector.report.ServiceLevel.Formula;
import io.switchboard.projector.report.ServiceLevel.Terms;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads the terms of a service level. */
public final class ServiceTerms {
    private static final Formula FORMULA = Formula.OFFERED_MINUS_SHORT;
    private static final long THRESHOLD_MICROS = 20_000_000;
    private static final long SHORT_ABANDON_MICROS = 5_000_000;
    private static final BigDecimal LONGEST = BigDecimal.valueOf(3_600);

    private ServiceTerms() {}

    public static Terms of(QueryParameters parameters) {
        var formula = parameters.single("formula", "one of " + String.join(", ", Formula.words()), Formula::ofWord);
        return new Terms(
                formula.orElse(FORMULA),
                micros(parameters, "threshold_seconds").orElse(THRESHOLD_MICROS),
                micros(parameters, "short_abandon_seconds").orElse(SHORT_ABANDON_MICROS));
    }

    private static Optional<Long> micros(QueryParameters parameters, String name) {
        return parameters.single(name, "seconds from 0 to " + LONGEST, ServiceTerms::seconds);
    }

    private static Optional<Long> seconds(String text) {
        return text.matches("\\d{1,4}(\\.\\d{1,6})?")
                ? Optional.of(new BigDecimal(text))
                        .filter(seconds -> seconds.compareTo(LONGEST) <= 0)
                        .map(seconds -> seconds.movePointRight(6).longValueExact())
                : Optional.empty();
    }
}
