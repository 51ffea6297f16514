/**
 * The provider's REST API: the one place that knows its hosts, paths, envelopes and errors.
 *
 * <p>One call of a client is at most one HTTP request: nothing is tried again behind the plan's back, because the plan has
 * counted exactly one. What is understood is pure and stands apart from what talks: {@link
 * io.switchboard.poller.provider.PageReader} makes records of an answer's bytes, {@code Refusals} makes a {@link
 * io.switchboard.poller.plan.Failure} of everything else.
 *
 * <p>Invariants: keys and tokens leave this package only inside requests to the account's own host or to the provider's;
 * they appear in no log line, no exception and no {@code toString}. A record's value is exactly the bytes the provider sent.
 * Start at {@link io.switchboard.poller.provider.MightyCallClient}.
 */
@NullMarked
package io.switchboard.poller.provider;

import org.jspecify.annotations.NullMarked;
