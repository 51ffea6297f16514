/**
 * The stream of changes: many clients, one reader of the change feed for each instance.
 *
 * <p>{@link io.switchboard.projector.api.stream.FollowerLoop} gives committed changes their positions, reads each once,
 * renders it once for each {@link io.switchboard.projector.api.stream.Audience}, and offers it to every {@link
 * io.switchboard.projector.api.stream.Subscriber}. One that stands elsewhere, because it resumes or was too slow, reads the
 * feed by itself until it has caught up.
 *
 * <p>Invariants: a subscriber's position only grows, and everything up to it that is for its audience has been written, in
 * order and once; what a client does not take is never kept for it. Start at {@link
 * io.switchboard.projector.api.stream.ChangeStream}, then {@link io.switchboard.projector.api.stream.Subscriber}.
 */
@NullMarked
package io.switchboard.projector.api.stream;

import org.jspecify.annotations.NullMarked;
