/**
 * The language between those who order something, to read or to do, and the poller that performs it: orders travel in the topic
 * {@code sync-requests}, and what came of them, the request budget and where each resource stands in {@code sync-state}.
 *
 * <p>Keys of {@code sync-state}, each with the newest value of one record type:
 *
 * <pre>
 *   {account}/poller          PollerReport     polling, idle or halted, and why
 *   {account}/budget          BudgetReport     requests spent, left, forecast (and the ledger the poller needs itself)
 *   {account}/{resource}      ResourceReport   cursor, last success, last error (and the poller's own cursor)
 *   {account}/job/{id}        Job              progress of an order
 * </pre>
 *
 * <p>Values are JSON objects in snake case. Writers may add members, readers ignore what they do not know. Pure: no I/O, no
 * clock. Start at {@link io.switchboard.sync.Order}.
 */
@NullMarked
package io.switchboard.sync;

import org.jspecify.annotations.NullMarked;
