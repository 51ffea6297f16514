/**
 * Tests of the projection: the loop against a log and tables in memory. Start at {@link
 * io.switchboard.projector.projection.ProjectionLoopTest}.
 */
@NullMarked
package io.switchboard.projector.projection;

import org.jspecify.annotations.NullMarked;
