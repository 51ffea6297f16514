/**
 * What to ask the provider next, and when: a plan without I/O. Given where an account stands and what came of the last
 * command, {@link io.switchboard.poller.plan.SyncPlan} answers the new state and the next command; the loop around it saves
 * the state first and performs the command then, so that a request is counted before it is made.
 *
 * <p>Pure: no clock, no network, no randomness of its own. Invariant: in no 24 hours does it ask for more requests than the
 * budget allows, whatever happens, restarts included.
 */
@NullMarked
package io.switchboard.poller.plan;

import org.jspecify.annotations.NullMarked;
