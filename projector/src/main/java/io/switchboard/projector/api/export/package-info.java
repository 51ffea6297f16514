/**
 * Whole lists as files: read from a cursor in Postgres as fast as the client takes them, in memory that does not grow with
 * the list.
 *
 * <p>Invariants: no more than one batch is read ahead; a client that goes away or stops reading frees its connection and
 * what it asked of the database; a file that ends without error is complete. Start at {@link
 * io.switchboard.projector.api.export.CallExport}.
 */
@NullMarked
package io.switchboard.projector.api.export;

import org.jspecify.annotations.NullMarked;
