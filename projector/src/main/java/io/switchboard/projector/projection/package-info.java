/**
 * Records of the log become rows: poll → decode → one transaction → next.
 *
 * <p>Invariant: a row and the position that accounts for it commit together or not at all, and the tables depend on the
 * set of records applied only: not on their order, nor on where batches were cut. Start at {@link
 * io.switchboard.projector.projection.ProjectionLoop}; what is written is in {@link
 * io.switchboard.projector.projection.PostgresProjectionStore}, one {@code …Table} for each table.
 */
@NullMarked
package io.switchboard.projector.projection;

import org.jspecify.annotations.NullMarked;
