/**
 * The query API: the read tables over HTTP, for dashboards and operators.
 *
 * <p>A request runs down one road: {@link io.switchboard.projector.api.ApiServer} takes it, {@link
 * io.switchboard.projector.api.Reception} checks path, method, token and role, a handler reads its parameters ({@code
 * query}) and asks the tables ({@code table}), the values become JSON ({@code view}), and {@link
 * io.switchboard.projector.api.HttpAnswer} writes them with entity tag and date.
 *
 * <p>Invariants: everything runs on event loops and nothing blocks; handlers hold no state; no answer and no log line holds
 * SQL, a stack trace, a token or an unmasked number that the role may not see. Start at {@link
 * io.switchboard.projector.api.ApiServer}.
 */
@NullMarked
package io.switchboard.projector.api;

import org.jspecify.annotations.NullMarked;
