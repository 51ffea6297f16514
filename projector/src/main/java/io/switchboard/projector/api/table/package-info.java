/**
 * The statements behind the answers, over the tables that the projection writes.
 *
 * <p>Invariants: every value is bound, never written into a statement; what a caller's account is bound to stands inside
 * the statement; every statement reads one snapshot and a bounded number of rows. Start at {@link
 * io.switchboard.projector.api.table.CallQueries}.
 */
@NullMarked
package io.switchboard.projector.api.table;

import org.jspecify.annotations.NullMarked;
