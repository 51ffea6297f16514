/**
 * What the product promises to survive, tried on separate processes: every service, the broker and Postgres are killed,
 * hung or stopped under load, and the ledger is checked afterwards. Start at
 * {@link io.switchboard.standalone.crash.Installation}.
 */
@NullMarked
package io.switchboard.standalone.crash;

import org.jspecify.annotations.NullMarked;
