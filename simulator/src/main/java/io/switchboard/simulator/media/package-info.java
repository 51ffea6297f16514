/**
 * Recordings: their links, and sound made up on the spot.
 *
 * <p>Invariant: pure; the same call has the same sound, and the same link as long as it lasts. Start at {@link
 * io.switchboard.simulator.media.MediaLinks}.
 */
@NullMarked
package io.switchboard.simulator.media;

import org.jspecify.annotations.NullMarked;
