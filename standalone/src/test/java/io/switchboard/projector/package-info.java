/** The projector on a real Kafka and PostgreSQL. Start at {@link io.switchboard.projector.ProjectionIT}. */
@NullMarked
package io.switchboard.projector;

import org.jspecify.annotations.NullMarked;
