/**
 * The ledger test: what a load generator sent and what it was answered, held against the topics and the tables after a
 * fault. Start at {@link io.switchboard.standalone.ledger.LedgerCheck}.
 */
@NullMarked
package io.switchboard.standalone.ledger;

import org.jspecify.annotations.NullMarked;
