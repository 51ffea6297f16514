/**
 * What mends the tables: dead letters replayed, a range of the log replayed, all tables built again beside the live ones and
 * exchanged for them. Each is a job that one projector works on.
 *
 * <p>Invariant: a repair writes only what applying records writes, so that it may be stopped, repeated and run beside live
 * projection at any time; it never moves a position. Start at {@link io.switchboard.projector.repair.RepairLoop}; the rebuild
 * is {@link io.switchboard.projector.repair.Rebuild}.
 */
@NullMarked
package io.switchboard.projector.repair;

import org.jspecify.annotations.NullMarked;
