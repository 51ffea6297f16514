/**
 * What the two doors say about the calls of the last day, held against each other: which calls the poll must still look
 * for, and what one door should have brought and did not.
 *
 * <p>Pure: no I/O, no clock. Invariant: what is remembered is bounded in age and in number, and every finding is counted
 * once. Start at {@link io.switchboard.poller.reconcile.KnownCalls}.
 */
@NullMarked
package io.switchboard.poller.reconcile;

import org.jspecify.annotations.NullMarked;
