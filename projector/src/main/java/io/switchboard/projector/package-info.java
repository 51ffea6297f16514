/**
 * The projector: Kafka → Postgres, and what runs around that road: settings, migrations, lag, health.
 *
 * <p>Invariant: rows and position commit together, so the tables stand exactly at their offsets after any crash. Start at
 * {@link io.switchboard.projector.Projector}; the heart is {@link io.switchboard.projector.projection.ProjectionLoop}.
 */
@NullMarked
package io.switchboard.projector;

import org.jspecify.annotations.NullMarked;
