/**
 * What the API does besides reading: orders to the poller, and the record of who did what.
 *
 * <p>An order is first a row, then a record of {@code sync-requests}: so it is never under way without a job that can be
 * asked for, and one that did not get through says so. Under an idempotency key, and while a synchronisation of the account
 * is queued or running, the same job is found again. Invariant: every order, made, repeated or refused by role, is in the
 * audit; no secret and no phone number is. Start at {@link io.switchboard.projector.api.order.OrderStore}.
 */
@NullMarked
package io.switchboard.projector.api.order;

import org.jspecify.annotations.NullMarked;
